@echo off
chcp 65001 >nul
rem 第一次运行：在本文件夹里装好（不联网）；以后直接打开检查页面。
cd /d "%~dp0"
if exist 程序\Scripts\fazhi.exe goto run
set /p VERSION=<wheels\PYTHON
set PYTHON=py -%VERSION%
%PYTHON% --version >nul 2>nul || set PYTHON=python
%PYTHON% -c "import sys; sys.exit(\"%%d.%%d\" %% sys.version_info[:2] != \"%VERSION%\")" >nul 2>nul || goto none
%PYTHON% -m venv 程序 || goto failed
程序\Scripts\python.exe -m pip install -q --no-index --find-links wheels "fazhi-scorer[web]" || goto failed
:run
if "%~1"=="" (程序\Scripts\fazhi.exe serve) else (程序\Scripts\fazhi.exe %*)
exit /b %ERRORLEVEL%
:none
echo 这台电脑没有 Python %VERSION%。请换用相应版本的压缩包，或者用不需要 Python 的版本（法治报告检查）。
pause
exit /b 2
:failed
rmdir /s /q 程序 2>nul
echo 没有装成。请核对 wheels 文件夹是否完整、系统是否与压缩包名称里的一致。
pause
exit /b 2
