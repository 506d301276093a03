@echo off
rem Double-click: opens a room for the phones on this network, and the leader's page.
if not exist "%~dp0start.bat" goto packed
call "%~dp0start.bat" room --room
exit /b

:packed
echo This file is still inside its ZIP: close this, right-click on the ZIP, choose
echo "Extract All", and double-click on the file in the folder that opens.
pause
exit /b 1
