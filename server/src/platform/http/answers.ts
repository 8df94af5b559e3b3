import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Problem } from '../../../contract/problem.js';

const OrAProblem = ApiResponse({ status: 'default', description: 'A problem document (RFC 9457)', standardSchema: Problem });

/** What a route answers: in the OpenAPI document, and as the filter through which nothing but the contract gets out. */
export function Answers(schema: z.ZodType, status = 200): MethodDecorator {
  return applyDecorators(HttpCode(status), SerializeOptions({ schema }), ApiResponse({ status, standardSchema: schema }), OrAProblem);
}

/** A route that answers nothing but that it is done. */
export function AnswersNothing(): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done' }), OrAProblem);
}
