import { render } from 'preact';
import { App } from './app.tsx';
import { listen } from './store.ts';
import './styles/theme.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/lesson.css';
import './styles/question.css';
import './styles/timeline.css';
import './styles/text-twin.css';
import './styles/states.css';
import './styles/header.css';
import './styles/screens.css';

const root = document.getElementById('root') ?? document.body.appendChild(document.createElement('div'));
root.id = 'root';
render(<App />, root);
listen();
