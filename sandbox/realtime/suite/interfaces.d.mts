/** How the sandbox starts. All of it is optional; the README describes each. */
export interface SandboxSettings {
  /** How it behaves: `quick` (the default), `real` or `harsh`. */
  profile?: string;
  /** Faults from the start, in every scope. */
  faults?: object;
  /** Path of a module with the phrases of a business. */
  phrases?: string;
  /** Hosts whose MCP servers may be called, beside this machine's; `*` is any. */
  mcpHosts?: readonly string[];
}

export interface Sandbox {
  /** The value for `OPENAI_BASE_URL`. */
  readonly baseUrl: string;
  /** The value for `OPENAI_API_KEY`. */
  readonly apiKey: string;
  /** PEM: what a client must trust for `wss` and `https`, on the same port. New for every start. */
  readonly certificate: string;
  readonly process: {
    readonly pid?: number | undefined;
    readonly exitCode: number | null;
    kill(signal?: 'SIGTERM' | 'SIGKILL'): boolean;
  };
  /** Opens a sandbox within the sandbox, in a millisecond: with a key, calls, faults and a clock of its own. */
  isolate(): Promise<SandboxScope>;
  /** Stops the process. Resolves to its exit code; `null` when it had to be killed. */
  stop(): Promise<number | null>;
}

export interface RecordedEvent {
  /** ISO time. */
  at: string;
  from: 'client' | 'sideband' | 'server';
  type: string;
  event: { type: string; [field: string]: unknown };
}

/** A call as the sandbox saw it. */
export interface RecordedCall {
  id: string;
  startedAt: string;
  endedAt: string | null;
  connected: boolean;
  closeReason: string | null;
  safetyIdentifier: string | null;
  audioSecondsReceived: number;
  /** The session as it is now, or was at the end. */
  session: { [field: string]: unknown };
  /** Of both sides, without audio. The oldest are dropped from a long call. */
  events: RecordedEvent[];
}

/** What one test needs of the sandbox. Nothing in it is seen by another scope. */
export interface SandboxScope {
  readonly baseUrl: string;
  /** Whoever uses it, or a secret minted with it, is in this scope. */
  readonly apiKey: string;
  /** Mints a client secret; `session` as for `POST /v1/realtime/client_secrets`. Rejects with the refusal. */
  mint(session?: object): Promise<string>;
  /** Orders faults, as in the README's table. Rejects when one does not exist. */
  faults(plan: object): Promise<void>;
  /** Ends the faults that were ordered. */
  endFaults(): Promise<void>;
  /** Moves the time of secrets, sessions, silence and ordered waits forward. What falls due happens at once. */
  advance(ms: number): Promise<void>;
  /** The scope's calls, the newest last. */
  calls(): Promise<RecordedCall[]>;
  /**
   * Waits for a call that is as the predicate says; without one for any connected call. Rejects after `timeoutMs`
   * (10 s), and says what calls there are.
   */
  waitForCall(
    predicate?: (call: RecordedCall) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<RecordedCall>;
  /** What the user said or typed, in order: of one call, or of the newest. */
  said(callId?: string): Promise<string[]>;
  /** What the agent said or wrote in answer, in order: of one call, or of the newest. */
  heard(callId?: string): Promise<string[]>;
  /** Speaks a sentence into a WAV file: 48 kHz, mono, 16 bit. `voice` is one of OpenAI's names. */
  synthesise(text: string, options?: { voice?: string; speed?: number }): Promise<Uint8Array>;
  /** Ends the scope and its calls. */
  end(): Promise<void>;
}

/** The user of a page: a microphone that says what a test wants, when it wants it. */
export interface Caller {
  /**
   * Says a sentence, synthesised by the sandbox, into the page's microphone. Resolves when it was said. Without a
   * microphone that the page has asked for, nobody hears it.
   */
  speak(text: string, options?: { voice?: string; speed?: number }): Promise<void>;
  /** Plays a recording: a WAV file's path or its bytes. */
  play(recording: string | Uint8Array): Promise<void>;
}

export interface RealtimeTestFixtures {
  /** The test's own scope of the worker's sandbox. */
  realtime: SandboxScope;
  /** Speaks in `page`. */
  caller: Caller;
}

export interface RealtimeWorkerFixtures {
  /** One process for each worker. */
  sandbox: Sandbox;
  /** Set it with `test.use`, or in the configuration. */
  sandboxSettings: SandboxSettings;
}

/** The part of Playwright's page that the caller needs. */
interface PageLike {
  addInitScript(script: () => void): Promise<unknown>;
  evaluate<Arg>(act: (arg: Arg) => unknown, arg: Arg): Promise<unknown>;
}

type Use<Value> = (value: Value) => Promise<void>;

/** For `test.extend`: the fixtures of `RealtimeTestFixtures` and `RealtimeWorkerFixtures`. */
export interface RealtimeFixtures {
  sandboxSettings: [SandboxSettings, { option: true; scope: 'worker' }];
  sandbox: [
    (args: { sandboxSettings: SandboxSettings }, use: Use<Sandbox>) => Promise<void>,
    { scope: 'worker'; timeout: number },
  ];
  realtime: (args: { sandbox: Sandbox }, use: Use<SandboxScope>) => Promise<void>;
  caller: (args: { page: PageLike; realtime: SandboxScope }, use: Use<Caller>) => Promise<void>;
}
