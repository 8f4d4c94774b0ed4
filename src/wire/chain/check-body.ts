// First: refuses a body that was not read, or is larger than the operation that its head names may have.
import { bodyTooLarge, noRoomForBody } from '../body-limit.ts';
import type { Step } from './exchange.ts';

export const checkBody: Step = ({ request, route }) => {
  if (request.unread === undefined && request.body.length <= route.bodyBytes) return;
  // A service that is not here takes no body, whatever its size.
  throw route.notServed ?? (request.unread === 'no-room' ? noRoomForBody() : bodyTooLarge(route.bodyBytes));
};
