/** Stands in for `business/site.ts`. Its time zone is none that a test would get by chance. */
export const site = {
  name: 'Fixture',
  business: 'Fixture & Co',
  tagline: 'Says what you say.',
  description: 'A business for tests.',
  timeZone: 'Asia/Tokyo',
  signInReason: 'So that the tests know who you are.',
  notFound: { heading: 'There is no such page.', text: 'There never was.' },
  storagePurpose: 'calls and limits',
  saysItIsAi: true,
  privacy: { owner: null, contact: null, notice: [] },
  goodbye: 'Goodbye from the fixture.',
};
