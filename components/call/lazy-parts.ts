/** Parts of the call screen that appear only after a first click: fetched when the page is idle, or on demand. */
export const fetchAnnouncements = () => import('@/components/call/announcements');
export const fetchTroubleCard = () => import('@/components/call/stage/trouble-card');
export const fetchTroubleHub = () => import('@/components/call/stage/trouble-hub');
export const fetchPermissionPointer = () => import('@/components/call/stage/permission-pointer');
export const fetchConversation = () => import('@/components/call/live/conversation');

const ignoreFailure = () => undefined; // Rendering the part fetches it again.

/** Fetches all parts in advance. Resolves when they are loaded, or when one could not be. */
export const prefetchParts = (): Promise<unknown> =>
  Promise.all([
    fetchAnnouncements(),
    fetchTroubleCard(),
    fetchTroubleHub(),
    fetchPermissionPointer(),
    fetchConversation(),
  ]).catch(ignoreFailure);
