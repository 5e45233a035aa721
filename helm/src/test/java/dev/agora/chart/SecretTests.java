package dev.agora.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the Secrets of a rendering, and who reads them. */
class SecretTests {

	private static final Chart TRIAL = Chart.of("values-trial.yaml");

	private static final String SECRETS = "/spec/template/metadata/annotations/checksum~1secrets";

	private static final Rendering RENDERED = TRIAL.render();

	@Test
	void generatesAKeyThatSignsAndVerifies() throws Exception {
		ECKey key = ECKey.parse(secret(RENDERED, "agora-identity", "signing-key.json"));
		JWKSet keySet = JWKSet.parse(secret(RENDERED, "agora-identity", "jwks.json"));
		assertThat(key.isPrivate()).isTrue();
		assertThat(key.getCurve()).isEqualTo(Curve.P_256);
		assertThat(key.getKeyID()).hasSize(16);
		assertThat(keySet.containsNonPublicKeys()).isFalse();
		JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("ann"));
		signed.sign(new ECDSASigner(key));
		assertThat(signed.verify(new ECDSAVerifier(keySet.getKeyByKeyId(key.getKeyID()).toECKey()))).isTrue();
	}

	@Test
	void generatesADifferentKeyInEachRendering() {
		assertThat(secret(RENDERED, "agora-identity", "jwks.json"))
			.isNotEqualTo(secret(TRIAL.render(), "agora-identity", "jwks.json"));
	}

	@Test
	void keepsKeysAndPasswordsDuringAnUpgrade() {
		FakeCluster.withSecretsOf(RENDERED, () -> {
			Rendering upgraded = TRIAL.set("image.tag", "v2").render();
			assertThat(upgraded.all("Secret")).containsExactlyElementsOf(RENDERED.all("Secret").toList());
			assertThat(upgraded.get("Deployment/agora-session-service").text(SECRETS))
				.isEqualTo(RENDERED.get("Deployment/agora-session-service").text(SECRETS));
		});
	}

	@Test
	void restartsThePodsWhenAnExistingSecretChanges() {
		Chart given = TRIAL.set("identity.existingSecret", "agora-identity");
		Rendering before = given.render();
		FakeCluster.withSecretsOf(RENDERED,
				() -> assertThat(given.render().get("Deployment/agora-session-service").text(SECRETS))
					.isNotEqualTo(before.get("Deployment/agora-session-service").text(SECRETS)));
	}

	@Test
	void restartsThePodsThatReadAChangedSecret() {
		Rendering other = TRIAL.render();
		Set<String> changed = other.all("Deployment")
			.filter((owner) -> !owner.text(SECRETS).equals(RENDERED.get(owner.id()).text(SECRETS)))
			.map(Manifest::name)
			.collect(Collectors.toSet());
		assertThat(changed).containsExactlyInAnyOrder("agora-gateway", "agora-session-service", "agora-product-service",
				"agora-graph-service", "agora-feed-service");
	}

	@Test
	void usesTheGeneratedPasswordInTheAddress() {
		assertThat(secret(RENDERED, "agora-trial", "mongodb-uri"))
			.contains(":" + secret(RENDERED, "agora-trial", "mongodb-password") + "@");
	}

	@Test
	void keepsGeneratedSecretsWhenUninstalled() {
		assertThat(RENDERED.all("Secret")).allMatch((secret) -> secret.tree()
			.at("/metadata/annotations/helm.sh~1resource-policy")
			.asString("")
			.equals("keep"));
	}

	@Test
	void generatesNoKeyIfASecretIsGiven() {
		assertThat(TRIAL.set("identity.existingSecret", "mine").render().has("Secret/agora-identity")).isFalse();
	}

	@Test
	void mountsThePrivateKeyInSessionServiceOnly() {
		List<String> readers = RENDERED.pods()
			.filter((pod) -> pod.spec().toString().contains("signing-key.json"))
			.map(Pod::component)
			.toList();
		assertThat(readers).containsExactly("session-service");
	}

	private static String secret(Rendering rendering, String name, String key) {
		JsonNode value = rendering.get("Secret/" + name).at("/data").path(key);
		return new String(Base64.getDecoder().decode(value.asString()), StandardCharsets.UTF_8);
	}

}
