/** What the main button does in a state. `useAction` performs it. */
export type ActionKind =
  | 'talk'
  | 'type'
  | 'cancel'
  | 'try_again'
  | 'take_over'
  | 'sign_in'
  | 'copy_link'
  | 'see_setup'
  | 'back'
  | 'end'
  | 'stop_agent'
  | 'unmute'
  | 'play_audio'
  | 'resume_sound'
  | 'stay'
  | 'answer'
  | 'wait';

export interface Action {
  kind: ActionKind;
  label: string;
}

/**
 * The words of one state: a sentence, an optional detail, one main action and one announcement. Where the sentence is a
 * heading that takes the focus, the focus says it: the announcement follows, and holds only the rest.
 */
export interface PhaseCopy {
  sentence: string;
  detail?: string;
  action: Action;
  announcement: string;
  /** True if the announcement may interrupt what a screen reader is saying. */
  urgent?: boolean;
}
