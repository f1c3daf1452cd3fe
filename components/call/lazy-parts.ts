/** Parts of the call screen that nobody sees before a first click: fetched when the page is idle, or when wanted. */
export const fetchAnnouncements = () => import('@/components/call/announcements');
export const fetchTroubleCard = () => import('@/components/call/stage/trouble-card');
export const fetchQuestionPointer = () => import('@/components/call/stage/permission-pointer');
export const fetchConversation = () => import('@/components/call/live/conversation');

const ignoreFailure = () => undefined; // Rendering asks again.

/** Fetches all of them ahead; resolves when they are there, or could not be had. */
export const fetchAhead = (): Promise<unknown> =>
  Promise.all([fetchAnnouncements(), fetchTroubleCard(), fetchQuestionPointer(), fetchConversation()]).catch(
    ignoreFailure,
  );
