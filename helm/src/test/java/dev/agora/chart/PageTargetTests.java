package dev.agora.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages are written to a claim or a bucket by the workload that runs the jobs. */
class PageTargetTests {

	private static final Chart TRIAL = Chart.of("values-trial.yaml");

	private static final Chart BUCKET = TRIAL.set("pages.target.endpoint", "https://s3.example.com:9000")
		.set("pages.target.bucket", "shop-pages")
		.set("pages.target.region", "eu-central-1")
		.set("pages.target.existingSecret", "shop-pages-key")
		.set("pages.target.network.ports[0]", 9000);

	@Test
	void noneByDefault() {
		assertThat(TRIAL.render().all("Deployment").map((owner) -> owner.tree().toString()))
			.noneMatch((text) -> text.contains("PAGES_TARGET") || text.contains("/agora/pages"));
	}

	@ParameterizedTest
	@CsvSource({ "false,product-service,product-worker", "true,product-worker,product-service" })
	void givesTheBucketToTheWorkloadThatRunsTheJobs(boolean workers, String writer, String other) {
		Rendering rendered = BUCKET.set("workloads.product-worker.enabled", workers).render();
		Manifest settings = rendered.get("ConfigMap/agora-" + writer);
		assertThat(settings.text("/data/AGORA_PAGES_TARGET_ENDPOINT")).isEqualTo("https://s3.example.com:9000");
		assertThat(settings.text("/data/AGORA_PAGES_TARGET_BUCKET")).isEqualTo("shop-pages");
		assertThat(settings.text("/data/AGORA_PAGES_TARGET_REGION")).isEqualTo("eu-central-1");
		assertThat(settings.at("/data").has("AGORA_PAGES_TARGET_DIRECTORY")).isFalse();
		assertThat(rendered.get("Deployment/agora-" + writer).at("/spec/template/spec/containers/0/env").toString())
			.contains("AGORA_PAGES_TARGET_ACCESSKEY", "AGORA_PAGES_TARGET_SECRETKEY", "shop-pages-key");
		if (rendered.has("Deployment/agora-" + other)) {
			assertThat(rendered.get("Deployment/agora-" + other).tree().toString()).doesNotContain("PAGES_TARGET");
		}
	}

	@Test
	void allowsTheConnectionToTheBucketToItsWriterOnly() {
		Rendering rendered = BUCKET.set("workloads.product-worker.enabled", true).render();
		assertThat(rendered.get("NetworkPolicy/agora-product-worker").at("/spec/egress").toString()).contains("9000");
		assertThat(rendered.get("NetworkPolicy/agora-product-service").at("/spec/egress").toString())
			.doesNotContain("9000");
	}

	@Test
	void mountsTheClaim() {
		Rendering rendered = TRIAL.set("pages.target.existingClaim", "shop-pages").render();
		assertThat(rendered.get("ConfigMap/agora-product-service").text("/data/AGORA_PAGES_TARGET_DIRECTORY"))
			.isEqualTo("/agora/pages");
		String pod = rendered.get("Deployment/agora-product-service").at("/spec/template/spec").toString();
		assertThat(pod).contains("{\"claimName\":\"shop-pages\"}", "\"mountPath\":\"/agora/pages\"")
			.doesNotContain("AGORA_PAGES_TARGET_SECRETKEY");
		assertThat(rendered.get("Deployment/agora-graph-service").tree().toString()).doesNotContain("/agora/pages");
	}

}
