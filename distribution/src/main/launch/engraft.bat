@echo off
rem Runs Engraft's command line. Needs a Java 17 or later: JAVA_HOME, else the java on the path.
rem ENGRAFT_JAVA_OPTS holds further options for Java, such as -Xmx4g.
setlocal
set "lib=%~dp0..\lib"
set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
    echo engraft: JAVA_HOME is "%JAVA_HOME%", and there is no bin\java.exe in it; set it to a Java 17 or later 1>&2
    exit /b 3
)
if not defined JAVA_HOME (
    where /q java.exe || (
        echo engraft: there is no java on the path; install a Java 17 or later, or set JAVA_HOME 1>&2
        exit /b 3
    )
)
rem Short commands start faster with the first compiler only; long ones run faster with both.
set "tuning=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
rem Java refuses two garbage collectors: one that was chosen takes the place of ours.
if defined ENGRAFT_JAVA_OPTS if not "%ENGRAFT_JAVA_OPTS:GC=%"=="%ENGRAFT_JAVA_OPTS%" set "tuning=-XX:TieredStopAtLevel=1"
if "%~1"=="simulate" set "tuning="
if "%~1"=="reconstruct" set "tuning="
"%java%" %tuning% -Djava.awt.headless=true %ENGRAFT_JAVA_OPTS% -jar "%lib%\engraft.jar" %*
exit /b %errorlevel%
