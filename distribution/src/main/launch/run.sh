# shellcheck shell=bash
# Finds Java and runs Engraft's jar with it: what the launcher of the distribution and the launcher of the source tree
# share. Sourced by both, never run.
#
#   JAVA_HOME            the Java to use, 17 or later; else the java on the path
#   ENGRAFT_JAVA_OPTS    further options for Java, such as -Xmx4g
#   ENGRAFT_DEBUG=1      stack traces of internal faults

fail() {
    printf 'engraft: %s\n' "$1" >&2
    exit 3
}

# find_java FOLDER: sets java and java_version. Asking Java for its version takes a while, so the answer is kept in FOLDER.
find_java() {
    local known="$1/.java" kept=""
    if [ -n "${JAVA_HOME:-}" ]; then
        java="$JAVA_HOME/bin/java"
        [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, and there is no bin/java in it; set it to a Java 17 or later"
    else
        java="$(command -v java)" || fail "there is no java on the path; install a Java 17 or later, or set JAVA_HOME"
    fi
    if [ "$known" -nt "$java" ] && read -r java_version kept < "$known" && [ "$kept" = "$java" ]; then
        return
    fi
    java_version="$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)"
    [ -n "$java_version" ] || fail "$java does not tell its version; a Java 17 or later is needed"
    [ "$java_version" -ge 17 ] || fail "$java is Java $java_version; a Java 17 or later is needed: set JAVA_HOME to one"
    [ -w "$1" ] && printf '%s %s\n' "$java_version" "$java" > "$known"
    return 0
}

# Short commands start faster with the first compiler only; long ones run faster with both. Java refuses two garbage
# collectors, so one that was chosen takes the place of ours.
case "${ENGRAFT_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
    *-XX:+Use*GC*) short=(-XX:TieredStopAtLevel=1) ;;
    *) short=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC) ;;
esac

# use_utf8: Java reads arguments and names of files by the locale, and in that of C knows ASCII alone.
use_utf8() {
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in C.UTF-8 | C.utf8) return ;; esac
    if command -v locale > /dev/null; then
        case "$(locale charmap 2> /dev/null)" in
            ANSI_X3.4-1968 | US-ASCII | ASCII | '') ;;
            *) return ;;
        esac
        [ "$(LC_ALL=C.UTF-8 locale charmap 2> /dev/null)" = UTF-8 ] || return
    fi
    if [ -n "${LC_ALL:-}" ]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi
}

# open_streams: Java would open its own files as the standard streams that are closed, and read or write these.
open_streams() {
    [ -e /dev/fd/0 ] || exec < /dev/null
    # Open for reading alone, so that what is written to it fails.
    [ -e /dev/fd/1 ] || exec 1< /dev/null
    [ -e /dev/fd/2 ] || exec 2> /dev/null
}

# make_archive FILE JAR: the classes of short commands as this Java wants them in memory; later starts take a quarter to a
# half less. Not having it does no harm. What cannot be made leaves an empty file, so that it is tried once.
#
# An archive of a class list, because it alone holds picocli: archives that Java writes at exit, and Java 25's AOT caches,
# leave out classes compiled for Java 5. For the same reason the list names classes without their links to others.
make_archive() {
    local archive="$1" jar="$2" made="$1.$$" format
    for format in text json; do
        "$java" "${short[@]}" -Xlog:disable "-XX:DumpLoadedClassList=$made.$format" \
            -jar "$jar" km @bmtcrr --time months --status status --format "$format"
    done > /dev/null 2>&1 < /dev/null
    sed -e '/^#/d' -e '/^@cp /d' -e '/ source: /d' -e 's/ id: .*//' "$made.text" "$made.json" 2> /dev/null \
        | awk '!seen[$0]++' > "$made.list"
    if ! "$java" -Xshare:dump -Xlog:disable "-XX:SharedClassListFile=$made.list" "-XX:SharedArchiveFile=$made" \
        -jar "$jar" > /dev/null 2>&1 < /dev/null; then
        rm -f "$made" # half an archive, of a Java that was stopped, could take later ones down with it
    fi
    [ -s "$made" ] || : > "$made"
    mv -f "$made" "$archive"
    rm -f "$made".*
}

# is_fresh FILE JAR: whether an archive is there that was made after the jar and Engraft's jars beside it.
is_fresh() {
    local part
    for part in "$2" "${2%/*}"/engraft-*.jar "${2%/*}"/lib/engraft-*.jar; do
        [ "$1" -nt "$part" ] || return 1
    done
}

# run_engraft JAR FOLDER ARGUMENT...: runs the jar in place of this shell; archives are kept in FOLDER where it can be
# written.
run_engraft() {
    local jar="$1" folder="$2" tuning=() archive
    shift 2
    archive="$folder/engraft-$java_version.jsa"
    if ! is_fresh "$archive" "$jar" && [ -w "$folder" ]; then
        make_archive "$archive" "$jar"
    fi
    case "${1:-}" in
        simulate | reconstruct) ;;
        *) tuning=("${short[@]}") ;;
    esac
    # Java passes over an archive that does not fit it; its remark on that must not stand in the output. Who gives options
    # of sharing of their own does without: Java refuses both together.
    case "${ENGRAFT_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
        *-Xshare* | *SharedArchiveFile* | *-XX:AOT*) ;;
        *) [ -s "$archive" ] && is_fresh "$archive" "$jar" && tuning+=("-XX:SharedArchiveFile=$archive" -Xlog:disable) ;;
    esac
    [ -t 2 ] && export ENGRAFT_STDERR_TERMINAL=1
    use_utf8
    open_streams
    # shellcheck disable=SC2086 # options are words
    exec "$java" ${tuning[@]+"${tuning[@]}"} -Djava.awt.headless=true ${ENGRAFT_JAVA_OPTS:-} \
        -jar "$jar" "$@"
}
