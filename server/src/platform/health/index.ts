export { HealthController } from './health.controller.js';
export { Metrics } from './metrics.js';
export { Readiness } from './readiness.js';
