#!/usr/bin/env bash
# Publishes a release to your own registry: the images for two architectures, each with a signature and a signed bill of
# materials, and the chart with a provenance file.
# Usage: helm/publish.sh REGISTRY VERSION, as in: helm/publish.sh registry.example.com/team 0.1.0
#   COSIGN_KEY    the private key that signs images, as cosign takes it: a file, or the address of a key service
#   HELM_KEY      the name of the PGP key that signs the chart
#   HELM_KEYRING  the file with the secret keys, ~/.gnupg/secring.gpg by default (gpg --export-secret-keys >FILE)
#   PLATFORMS     the architectures, linux/amd64,linux/arm64 by default
# It needs helm and cosign, and credentials for the registry: helm registry login, cosign login, and for Jib ~/.docker/config.json.
set -euo pipefail

fail() {
  echo "$*" >&2
  exit 1
}

[ $# = 2 ] || fail "Name a registry and a version: helm/publish.sh registry.example.com/team 0.1.0"
registry=${1%/} version=$2
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "$version is no version. Use three numbers, as in 0.1.0 or 0.1.0-rc.1."
: "${COSIGN_KEY:?Set COSIGN_KEY to the key that signs the images.}" "${HELM_KEY:?Set HELM_KEY to the name of the key that signs the chart.}"
for tool in helm cosign git; do
  command -v "$tool" >/dev/null || fail "$tool is not installed."
done
cd "$(dirname "$0")/.."
[ -z "$(git status --porcelain)" ] || fail "Commit or discard your changes first, so that the images name the commit that they contain."

modules=(gateway session-service product-service graph-service feed-service console)
out=helm/target/publish
rm -rf "$out"
mkdir -p "$out"

./mvnw -Pimages package jib:build -DskipTests -pl "$(IFS=,; echo "${modules[*]}")" -am \
  "-Dimage.registry=$registry/" "-Dimage.tag=$version" "-Djib.from.platforms=${PLATFORMS:-linux/amd64,linux/arm64}"

# The digests are signed, since a tag could be moved in between. A release with this file runs the signed images only.
echo "workloads:" >"$out/digests.yaml"
for module in "${modules[@]}"; do
  digest=$(cat "$module/target/jib-image.digest")
  image="$registry/agora/$module@$digest"
  cosign sign --yes --key "$COSIGN_KEY" "$image"
  cosign attest --yes --key "$COSIGN_KEY" --type cyclonedx \
    --predicate "$module/target/classes/META-INF/sbom/application.cdx.json" "$image"
  if [ "$module" = console ]; then
    printf 'console:\n  image: { digest: "%s" }\n' "$digest" >>"$out/digests.yaml"
  else
    printf '  %s: { image: { digest: "%s" } }\n' "$module" "$digest" >>"$out/digests.yaml"
  fi
done

helm package helm/agora --version "$version" --app-version "$version" --destination "$out" \
  --sign --key "$HELM_KEY" --keyring "${HELM_KEYRING:-$HOME/.gnupg/secring.gpg}"
# The provenance file beside the package is pushed with it.
helm push "$out/agora-$version.tgz" "oci://$registry/charts"

cat <<TEXT
Published. Install it with:
  helm install agora oci://$registry/charts/agora --version $version --verify -n agora --create-namespace \\
    -f mine.yaml -f $out/digests.yaml --set image.registry=$registry
TEXT
