@echo off
rem Double-click: opens the lessons, as `py start.py` does. room.bat adds two words.
setlocal
pushd "%~dp0"
rem in the ZIP they lie one folder below
if not exist start.py cd lessons 2>nul
if not exist start.py goto packed

rem Without Python, Windows has a "python" that only opens its Store: it runs no code.
set "run=py -3"
%run% -c "import sys; sys.exit(sys.version_info < (3, 6))" >nul 2>nul
if not errorlevel 1 goto found
set "run=python"
%run% -c "import sys; sys.exit(sys.version_info < (3, 6))" >nul 2>nul
if not errorlevel 1 goto found
echo Python is missing, which runs this: open python.org in your browser, click on
echo Downloads, install Python 3.13, and double-click on this file again.
goto stay

:packed
echo This file is still inside its ZIP: close this, right-click on the ZIP, choose
echo "Extract All", and double-click on the file in the folder that opens.
goto stay

:found
%run% start.py %*
if not errorlevel 1 exit /b 0

:stay
echo.
pause
exit /b 1
