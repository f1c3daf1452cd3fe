import type { Action, PhaseCopy } from '@/components/call/copy/phase-copy';
import type { Interruption, LiveCallState, Reconnect, Turn } from '@/lib/client/state/call-state';

const END: Action = { kind: 'end', label: 'End call' };
const stopAgent = (agent: string): Action => ({ kind: 'stop_agent', label: `Stop ${agent}` });

function turnSentence(turn: Turn, typed: boolean, agent: string): string {
  switch (turn) {
    case 'listening':
      return typed ? 'Ready. Just type.' : 'Listening. Just talk.';
    case 'user_speaking':
      return 'You’re speaking.';
    case 'thinking':
      return `${agent} is thinking…`;
    case 'agent_speaking':
      return `${agent} is speaking.`;
  }
}

/**
 * While the microphone is open the announcement stays the same from turn to turn: the microphone would pick up the
 * screen reader's voice, and it would count as the user speaking.
 */
function turnCopy(call: LiveCallState, agent: string): PhaseCopy {
  const typed = call.microphone === 'none';
  const sentence = turnSentence(call.turn, typed, agent);
  const connected = typed
    ? `Connected to ${agent}. Type your message.`
    : `Connected to ${agent}. You can speak.`;
  const silent = call.microphone === 'on' || call.turn === 'listening';
  return {
    sentence,
    action: call.turn === 'agent_speaking' ? stopAgent(agent) : END,
    announcement: silent ? connected : sentence,
  };
}

/** Push-to-talk: nothing is sent while the key is up, so a screen reader may speak then. */
function holdCopy(call: LiveCallState, agent: string): PhaseCopy {
  const action = call.turn === 'agent_speaking' ? stopAgent(agent) : END;
  if (call.microphone === 'held') {
    const sentence = 'You’re on. Let go when you’re done.';
    return { sentence, action, announcement: `Connected to ${agent}. Hold to talk.` };
  }
  if (call.turn === 'listening' || call.turn === 'user_speaking') {
    return {
      sentence: 'Hold the button to talk.',
      action,
      announcement: 'Hold the button or Space to talk.',
    };
  }
  const sentence = turnSentence(call.turn, false, agent);
  return { sentence, action, announcement: sentence };
}

/** The system took something away. A phone call that was taken, another app, or a switch on the headset. */
function interruptionCopy(interruption: Interruption, agent: string): PhaseCopy {
  const action: Action = { kind: 'resume_sound', label: 'Tap to go on' };
  if (interruption === 'microphone') {
    return {
      sentence: 'Your device has taken the microphone.',
      detail: `A phone call, another app or a mute switch may be using it. ${agent} can’t hear you.`,
      action,
      announcement: `Your device has taken the microphone. ${agent} can’t hear you. Use the Tap to go on button.`,
      urgent: true,
    };
  }
  return {
    sentence: 'Your device has paused the sound.',
    detail: `You can’t hear ${agent} until it goes on.`,
    action,
    announcement: `Your device has paused the sound. Use the Tap to go on button.`,
    urgent: true,
  };
}

function reconnectCopy(reconnect: Reconnect | null): PhaseCopy {
  if (reconnect?.isSilent) {
    return {
      sentence: 'Reconnecting. Your network isn’t responding…',
      detail: 'The conversation so far is safe. We’ll keep trying for up to a minute.',
      action: END,
      announcement: 'Connection lost. Your network isn’t responding. We’ll keep trying for up to a minute.',
      urgent: true,
    };
  }
  const { attempt, maxAttempts } = reconnect ?? { attempt: 1, maxAttempts: 1 };
  return {
    sentence: `Reconnecting, attempt ${attempt} of ${maxAttempts}…`,
    detail: 'The conversation so far is safe.',
    action: END,
    announcement: 'Connection lost. Reconnecting.',
    urgent: true,
  };
}

/** Returns the words of a running call. What the user must act on first comes first. */
export function liveCopy(call: LiveCallState, agent: string): PhaseCopy {
  if (call.link === 'reconnecting') return reconnectCopy(call.reconnect);
  if (call.approval) {
    return {
      sentence: `${agent} needs your approval.`,
      action: { kind: 'answer', label: 'Answer' },
      announcement: `${call.approval.title}? Choose Allow or Don’t allow. No answer counts as a no.`,
      urgent: true,
    };
  }
  if (call.playbackBlocked) {
    return {
      sentence: `Your browser has blocked ${agent}’s voice.`,
      action: { kind: 'play_audio', label: 'Tap to hear' },
      announcement: 'Sound is blocked. Use the Tap to hear button.',
      urgent: true,
    };
  }
  if (call.interruption !== null) return interruptionCopy(call.interruption, agent);
  if (call.hint === 'nobody') {
    return {
      sentence: 'Are you still there?',
      detail: `${call.microphone === 'on' ? 'Say something' : 'Press the button'}, or the call will end soon.`,
      action: { kind: 'stay', label: 'I’m still here' },
      announcement: 'Are you still there? The call will end soon. Press a key or the button to stay.',
      urgent: true,
    };
  }
  if (call.link === 'weak') {
    const sentence = 'The connection is weak.';
    return { sentence, action: END, announcement: sentence };
  }
  if (call.microphone === 'muted') {
    const spoke = call.hint === 'muted_speech';
    const sentence = spoke ? `You’re muted, so ${agent} can’t hear you.` : 'You’re muted.';
    const announcement = call.turn === 'agent_speaking' ? turnSentence(call.turn, false, agent) : sentence;
    return { sentence, action: { kind: 'unmute', label: 'Unmute' }, announcement };
  }
  if (call.hint === 'no_sound') {
    return {
      sentence: 'We can’t hear you.',
      detail: 'Check that the right microphone is selected and switched on.',
      action: END,
      announcement: 'We can’t hear you. Check your microphone.',
    };
  }
  if (call.microphone === 'held' || call.microphone === 'released') return holdCopy(call, agent);
  return turnCopy(call, agent);
}
