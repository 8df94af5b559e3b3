import { useI18n } from 'vue-i18n';

/** What a code says that stopped a job, or one of its entries; one that is not known is told as it is. */
export function useCodeText(): (code: string) => string {
  const { t, te } = useI18n();
  return (code) => {
    const key = [`jobs.code.${code}`, `problems.code.${code}`, `problems.issue.${code}`].find((known) => te(known));
    return key === undefined ? t('jobs.code.other', { code }) : t(key, { backend: t('jobs.code.backend'), id: '' });
  };
}
