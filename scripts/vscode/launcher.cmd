@echo off
rem What @vscode/test-electron starts in place of a desktop VS Code; see launcher.ts.
cd /d "%~dp0"
node --import tsx launcher.ts %*
