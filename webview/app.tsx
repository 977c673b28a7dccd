import { LabScreen } from './lab/lab-screen.tsx';
import { LessonScreen } from './lesson/lesson-screen.tsx';
import { CaptureScreen } from './screens/capture-screen.tsx';
import { HandInScreen } from './screens/hand-in-screen.tsx';
import { InterviewScreen } from './screens/interview-screen.tsx';
import { LoadingScreen } from './screens/loading-screen.tsx';
import { MasteryScreen } from './screens/mastery-screen.tsx';
import { ProblemScreen } from './screens/problem-screen.tsx';
import { ResultScreen } from './screens/result-screen.tsx';
import { ScriptScreen } from './screens/script-screen.tsx';
import { SummaryScreen } from './screens/summary-screen.tsx';
import { screen } from './store.ts';

/** The screen the host last sent. */
export function App() {
  const shown = screen.value;
  switch (shown?.kind) {
    case undefined:
      return <LoadingScreen />;
    case 'lesson':
      return <LessonScreen lesson={shown} />;
    case 'summary':
      return <SummaryScreen summary={shown} />;
    case 'hand-in':
      return <HandInScreen screen={shown} />;
    case 'result':
      return <ResultScreen result={shown} />;
    case 'interview':
      return <InterviewScreen report={shown} />;
    case 'capture':
      return <CaptureScreen capture={shown} />;
    case 'script':
      return <ScriptScreen script={shown} />;
    case 'lab':
      return <LabScreen lab={shown} />;
    case 'mastery':
      return <MasteryScreen mastery={shown} />;
    case 'problem':
      return <ProblemScreen problem={shown} />;
  }
}
