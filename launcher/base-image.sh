#!/usr/bin/env bash
# Builds a base image from a JDK 25 on this machine, for use where none can be pulled. It contains a Java runtime and
# the C library that the runtime needs, and no shell.
# Usage: launcher/base-image.sh JDK [NAME]; then ./agora images --base docker://NAME
set -euo pipefail

jdk="${1:?No JDK is given. Usage: launcher/base-image.sh /path/to/jdk-25 [agora-base:25]}"
name="${2:-agora-base:25}"
[ -x "$jdk/bin/jlink" ] || { echo "$jdk has no bin/jlink. Give a JDK, not a runtime." >&2; exit 1; }

root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT
java="$root/opt/java/openjdk"
mkdir -p "$root"/{etc,opt/java,tmp}
chmod 755 "$root"
chmod 1777 "$root/tmp"

# The modules that the services and their libraries use, and jcmd and flight recordings for diagnosis.
"$jdk/bin/jlink" --output "$java" --strip-debug --no-header-files --no-man-pages --generate-cds-archive --add-modules \
  java.se,jdk.unsupported,jdk.crypto.ec,jdk.security.auth,jdk.security.jgss,jdk.naming.dns,jdk.net,jdk.zipfs,jdk.localedata,jdk.management,jdk.management.agent,jdk.jcmd,jdk.jfr,jdk.management.jfr --include-locales en

# The parts of the C library that the runtime, its zlib, and name lookups need.
ldd "$java/bin/java" "$java"/lib/*.so "$java"/lib/server/libjvm.so 2>/dev/null |
  grep -o '/[^ :]*\.so[^ :]*' | grep -v "^$java" | sort -u |
  while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
for library in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
  found="$(ldconfig -p | sed -n "s/.*$library .*x86-64.* => //p; s/.*$library .*AArch64.* => //p" | head -1)"
  if [ -n "$found" ]; then
    mkdir -p "$root$(dirname "$found")"
    cp -L "$found" "$root$found"
  fi
done

echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
printf 'root:x:0:0::/:/nologin\nagora:x:10001:10001::/tmp:/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nagora:x:10001:\n' >"$root/etc/group"

tar -C "$root" --owner=0 --group=0 -c . | docker import \
  --change "ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin LANG=C.UTF-8" - "$name" >/dev/null
docker image inspect --format "The image $name is built: {{.Size}} bytes" "$name"
