import type { MicrophoneProblem } from '@/lib/client/state/call-state';

/** What the browser says of itself. Pass `navigator`. */
type Device = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

type System = 'ios' | 'android' | 'mac' | 'windows' | 'chromeos' | 'other';

const SYSTEM_STEPS: Record<System, readonly string[]> = {
  ios: [
    'Open the Settings app, then Apps, then this browser.',
    'Turn on Microphone.',
    'Come back and reload the page.',
  ],
  android: [
    'Open the Settings app, then Apps, then this browser, then Permissions.',
    'Choose Microphone and allow it. If there is a “Mic access” tile in the quick settings, turn it on.',
    'Come back and try again.',
  ],
  mac: [
    'Open System Settings, then Privacy & Security, then Microphone.',
    'Turn on the switch beside this browser.',
    'Quit the browser, open it again and come back.',
  ],
  windows: [
    'Open Settings, then Privacy & security, then Microphone.',
    'Turn on “Microphone access” and “Let desktop apps access your microphone”.',
    'Come back and try again.',
  ],
  chromeos: [
    'Open Settings, then Privacy and security, then Privacy controls.',
    'Turn on Microphone access.',
    'Come back and try again.',
  ],
  other: [
    'Open your system’s privacy settings and find Microphone.',
    'Allow this browser to use it.',
    'Come back and try again.',
  ],
};

function systemOf({ userAgent, maxTouchPoints }: Device): System {
  // An iPad calls itself a Mac. No Mac has a touch screen.
  const isTablet = /Macintosh/.test(userAgent) && maxTouchPoints > 1;
  if (/iPhone|iPad|iPod/.test(userAgent) || isTablet) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Macintosh/.test(userAgent)) return 'mac';
  if (/Windows/.test(userAgent)) return 'windows';
  return /CrOS/.test(userAgent) ? 'chromeos' : 'other';
}

/** Other browsers of an iPhone ask the system, and have no menu for it. */
const isSafari = (userAgent: string) => /Version\/[\d.]+ .*Safari\//.test(userAgent);

function browserSteps(device: Device): readonly string[] {
  const { userAgent } = device;
  const system = systemOf(device);
  if (system === 'ios') {
    if (!isSafari(userAgent)) return SYSTEM_STEPS.ios;
    return [
      'Tap the page menu at the start of the address bar.',
      'Choose “Website Settings”, then set Microphone to Allow.',
      'Reload the page.',
    ];
  }
  if (system === 'android') {
    return [
      'Tap the icon to the left of this page’s address, then Permissions.',
      'Set Microphone to allowed.',
      'Come back and try again.',
    ];
  }
  if (/Firefox\//.test(userAgent)) {
    return [
      'Click the crossed-out microphone beside the address.',
      'Remove the block with the ✕ next to “Blocked”.',
      'Come back and try again.',
    ];
  }
  if (system === 'mac' && isSafari(userAgent)) {
    return [
      'Open Safari’s menu and choose “Settings for This Website”.',
      'Set Microphone to Allow.',
      'Reload the page.',
    ];
  }
  return [
    'Click the icon to the left of this page’s address.',
    'Turn Microphone on.',
    'Come back and try again.',
  ];
}

/** Returns the steps that unblock the microphone on this device; none for a problem that is no block. */
export function unblockSteps(why: MicrophoneProblem, device: Device): readonly string[] {
  switch (why) {
    case 'blocked':
      return browserSteps(device);
    case 'blocked_by_system':
      return SYSTEM_STEPS[systemOf(device)];
    default:
      return [];
  }
}
