import type { TcpEvent } from '../../core/tcp/event.ts';
import type { Profile } from '../../core/tcp/profiles.ts';
import { step as applyEvent, type StepResult } from '../../core/tcp/step.ts';
import { callEvent } from '../../core/timeline/call-event.ts';
import type { Step, Timeline } from '../../core/timeline/timeline.ts';
import { believing, MISCONCEPTIONS, type Misconception } from './misconceptions.ts';

/** The misconception of that id. */
export function findMisconception(id: string): Misconception | undefined {
  return MISCONCEPTIONS.find((known) => known.id === id);
}

/** The profile by the rules of the misconception of that id; unchanged when there is none. */
export function profileBelieving(profile: Profile, id: string): Profile {
  const known = findMisconception(id);
  return known === undefined ? profile : believing(profile, known);
}

/**
 * What one step of a run would have been by another profile, everything before it being as it was.
 *
 * @returns undefined when the step is not one endpoint's alone (a crash, a capture, a port given away)
 */
export function replayStep(timeline: Timeline, step: Step, profile: Profile): StepResult | undefined {
  const event = eventOf(timeline, step);
  return event && applyEvent(step.before, event, step.at, profile);
}

function eventOf(timeline: Timeline, { cause, after }: Step): TcpEvent | undefined {
  switch (cause.kind) {
    case 'timer':
      return { kind: 'timer', timer: cause.timer };
    case 'departure':
      return undefined;
    case 'arrival': {
      const arrived = timeline.transmissions[cause.transmission];
      return arrived && { kind: 'segment', segment: arrived.segment };
    }
    case 'call':
      break;
  }
  switch (cause.call) {
    case 'listen':
      return { kind: 'open', mode: 'passive', iss: after.iss };
    case 'connect':
      return { kind: 'open', mode: 'active', iss: after.iss };
    case 'accept':
    case 'bind':
    case 'reuse-address':
    case 'fork':
    case 'exit':
    case 'vanish':
    case 'crash':
    case 'reboot':
      return undefined;
    default:
      return callEvent(cause.call, cause.length);
  }
}
