/** Returns the cookies of a `Cookie` header as a browser context takes them. A value may hold `=`. */
export const cookiesOf = (header: string, url: string) =>
  header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url, httpOnly: true, secure: url.startsWith('https:') };
  });
