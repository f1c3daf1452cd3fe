import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import { site } from '@/business/site';
import { Theme } from '@/components/header/theme';
import { ToastHost } from '@/components/ui/toast-host';
import './globals.css';

const hanken = localFont({
  src: '../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-hanken',
  // Preloaded, so it is nearly always there for the first paint. A late font is not swapped in, or the text would move.
  display: 'optional',
});

/** Letters beyond Western Europe, fetched only where a page uses them. */
const hankenExtended = localFont({
  src: '../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-hanken-ext',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB',
    },
  ],
});

export const metadata: Metadata = {
  title: { default: site.name, template: `%s · ${site.name}` },
  description: site.description,
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#171714' },
  ],
  // A phone's keyboard makes the page shorter instead of covering the composer.
  interactiveWidget: 'resizes-content',
};

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={`${hanken.variable} ${hankenExtended.variable}`} suppressHydrationWarning>
      <body className="font-sans text-base">
        <Theme nonce={nonce}>
          {children}
          <ToastHost />
        </Theme>
      </body>
    </html>
  );
}
