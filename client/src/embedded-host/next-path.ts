/**
 * The page to go on to after signing in. Only a path of this very origin is followed: it begins with one `/`, so neither
 * another host (`//evil`, `/\evil`) nor a scheme (`javascript:`) nor a control character that a browser would drop gets by.
 */
export function nextPath(search: string): string {
  const wanted = new URLSearchParams(search).get('next');
  if (wanted === null || !ownPath.test(wanted)) return home;
  return isSignInPage(wanted) ? home : wanted;
}

const home = '/';
const ownPath = /^\/(?![/\\])[^\p{Cc}\\]*$/u;

function isSignInPage(path: string): boolean {
  return /^\/embedded-host\/sign-in(?:[/?#]|$)/u.test(path);
}
