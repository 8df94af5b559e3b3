import { deadlineIn, withDeadline } from './deadline.js';

const late = () => new Error('late');

describe('a deadline', () => {
  it('lets work through that is done in time', async () => {
    expect(await withDeadline(deadlineIn(1_000), Promise.resolve('done'), late)).toBe('done');
  });

  it('ends the waiting when it passes', async () => {
    await expect(withDeadline(deadlineIn(5), new Promise(() => {}), late)).rejects.toThrow('late');
  });

  it('that has passed is not outlived by the failure of work begun all the same', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const passed = deadlineIn(0);
    await new Promise((resolve) => setTimeout(resolve, 5));

    await expect(withDeadline(passed, Promise.reject(new Error('failed')), late)).rejects.toThrow('late');
    await new Promise((resolve) => setTimeout(resolve, 5));

    process.off('unhandledRejection', unhandled);
    expect(passed.remainingMs()).toBe(0);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
