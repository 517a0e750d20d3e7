# Builds the folder that needs no Python on Windows x64, tries it, and zips it into dist\.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
function Run { param($program) & $program @args; if ($LASTEXITCODE -ne 0) { throw "$program $args" } }
Run python -m venv "$work\venv"
$python = "$work\venv\Scripts\python.exe"
Run $python -m pip install -q "pyinstaller>=6.10,<7" ".[web]"
Run $python -m PyInstaller --noconfirm --distpath "$work\dist" --workpath "$work\work" packaging\fazhi.spec
Copy-Item "packaging\使用说明.txt" "$work\dist\fazhi\"
$env:PYTHONUTF8 = "1"
Run $python packaging\smoke.py "$work\dist\fazhi"
New-Item -ItemType Directory -Force dist | Out-Null
Compress-Archive -Force -Path "$work\dist\fazhi" -DestinationPath "dist\fazhi-windows-x64.zip"
Remove-Item -Recurse -Force $work
Get-Item "dist\fazhi-windows-x64.zip"
