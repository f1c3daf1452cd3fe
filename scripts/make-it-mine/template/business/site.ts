/**
 * What the page says about this business. `app/icon.svg`, the icon of the browser's tab, belongs to it too.
 *
 * Imports nothing: the browser, the server and the build all read it.
 */
export const site = {
  /** The name of the site: in the header, the titles of its pages, and the setup page. */
  name: 'Sitename',

  /** The business behind it, as it is called in a sentence. */
  business: 'Sitename',

  /** What can be done here, in one line. */
  tagline: 'Talk with Agentname, and leave a message for the team.',

  /** For search engines and link previews: one sentence. */
  description: 'Talk with Agentname at Sitename, Businessline.',

  /** The IANA time zone in which the business keeps its hours. Agents and tools reckon in it, wherever the server runs. */
  timeZone: 'Europe/London',

  /** On the sign-in page: why to sign in. */
  signInReason: 'So that your minutes and your messages are yours, and nobody else’s.',

  /** On the page for an address that does not exist. */
  notFound: {
    heading: 'There is no page at this address.',
    text: 'You can still talk with Agentname, though.',
  },

  /** On the setup page, after "A database for": what the database stores. */
  storagePurpose: 'calls, limits and messages',

  /**
   * Agents say that they are an AI, with their first words and on the page. Laws demand it (in the European Union
   * Article 50 of the AI Act): `false` only where it is told in another way.
   */
  saysItIsAi: true,

  /** The owner's part of `/privacy`. `null`: not filled in. docs/disclosure.md says what belongs there. */
  privacy: {
    /** Who is responsible: a name and an address. */
    owner: null as string | null,
    /** Where questions go: an e-mail address. */
    contact: null as string | null,
    /** Paragraphs of the owner's own notice, such as the legal basis. */
    notice: [] as readonly string[],
  },

  /** What the agent says when it ends the call. */
  goodbye: 'Goodbye.',
};
