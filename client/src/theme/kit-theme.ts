/**
 * The kit's components as these pages want them: smaller text, calmer notices, unmistakably disabled buttons. In a file
 * of its own below `client/src`, because that is where Tailwind looks for the classes it has to make.
 */
export const kitTheme = {
  colors: { primary: 'primary', success: 'success', info: 'info', warning: 'warning', error: 'error' },
  button: {
    slots: { base: 'disabled:opacity-50 aria-disabled:opacity-50' },
    variants: { size: { sm: { base: 'py-1 text-sm/5', leadingIcon: 'size-4' }, md: { leadingIcon: 'size-4' } } },
    // At the kit's 75 % the text on a pointed-at button is below 4.5 : 1.
    compoundVariants: [
      { color: 'primary' as const, variant: 'solid' as const, class: 'hover:bg-primary/90 active:bg-primary/90' },
      { color: 'error' as const, variant: 'solid' as const, class: 'hover:bg-error/90 active:bg-error/90' },
    ],
  },
  input: { variants: { size: { md: { base: 'text-sm/5' }, lg: { base: 'text-sm/5' } } } },
  textarea: { variants: { size: { md: { base: 'text-sm/5' } } } },
  formField: { slots: { label: 'text-toned', error: 'mt-1 text-sm/5', hint: 'text-xs tabular-nums' } },
  alert: {
    slots: { root: 'gap-3 p-3', icon: 'size-5' },
    compoundVariants: [
      {
        color: 'warning' as const,
        variant: 'subtle' as const,
        class: { root: 'bg-warning-50 ring-warning-300 dark:bg-warning-950/50 dark:ring-warning-800' },
      },
      {
        color: 'error' as const,
        variant: 'subtle' as const,
        class: { root: 'bg-error-50 ring-error-200 dark:bg-error-950/50 dark:ring-error-800' },
      },
    ],
  },
  modal: { slots: { overlay: 'bg-black/40! dark:bg-black/60!', title: 'text-base' } },
  slideover: { slots: { overlay: 'bg-black/40! dark:bg-black/60!', title: 'text-base' } },
};
