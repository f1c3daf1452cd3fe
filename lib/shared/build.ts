/** Names the build that this code comes from. Next writes the value in when it builds: see next.config.ts. */
export const BUILD = process.env.SITE_BUILD ?? 'unbuilt';
