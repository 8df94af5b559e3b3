import type { Transaction } from '../../platform/persistence/unit-of-work.js';
import type { Column } from './dialect.js';
import type { Bindable } from './sql.js';
import type { TablePlan } from './table-plan.js';

/** A column and what is written into it. */
export type Assignment = readonly [Column, Bindable];

/** The helpdesk's columns hold UTC without fractions. */
export function createdBy({ now, actor }: Transaction, { audit }: TablePlan): Assignment[] {
  return audit ? [[audit.createTime, moment(now)], [audit.createBy, actor.hostUserId], [audit.changeTime, moment(now)], [audit.changeBy, actor.hostUserId]] : [];
}

export function changedBy({ now, actor }: Transaction, { audit }: TablePlan): Assignment[] {
  return audit ? [[audit.changeTime, moment(now)], [audit.changeBy, actor.hostUserId]] : [];
}

function moment(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
