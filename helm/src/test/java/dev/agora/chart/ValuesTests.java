package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks which values the chart refuses, and with which messages. */
class ValuesTests {

	@Test
	void passesTheStrictLint() {
		LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
		assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
	}

	@Test
	void findsAPlantedFaultByLint(@TempDir Path folder) throws IOException {
		Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: planted\nversion: not-a-version\n");
		assertThat(new Helm(folder).lint().strict().call().isFailed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					iamge.tag                                | 1         | additional properties 'iamge' not allowed
					workloads.gateway.replica                | 2         | additional properties 'replica' not allowed
					workloads.gatway.replicas                | 2         | additional properties 'gatway' not allowed
					workloads.gateway.replicas               | two       | '/workloads/gateway/replicas': got string, want integer
					workloads.gateway.replicas               | -1        | minimum: got -1, want 0
					workloads.gateway.autoscaling.by         | lag       | additional properties 'by' not allowed
					workloads.gateway.resources.limits.memory | much     | does not match pattern
					workloads.gateway.image.digest           | 1234      | '/workloads/gateway/image/digest'
					image.pullPolicy                         | Sometimes | value must be one of 'IfNotPresent', 'Always', 'Never'
					redis.mode                               | ring      | value must be one of 'single', 'sentinel', 'cluster'
					kafka.securityProtocol                   | TLS       | value must be one of 'PLAINTEXT', 'SSL'
					kafka.topics.partitions                  | 0         | minimum: got 0, want 1
					drain.delay                              | 5s        | '/drain/delay': got string, want integer
					pages.target.endpoint                    | host      | '/pages/target/endpoint'
					pages.target.bucket                      | a/b       | '/pages/target/bucket'
					settings.lower                           | 1         | 'lower' does not match pattern
					networkPolicy.enabled                    | maybe     | '/networkPolicy/enabled': got string, want boolean
					""")
	void refusesAWrongOrUnknownValue(String path, String value, String message) {
		assertThat(Chart.of("values-trial.yaml").set(path, value).refusal()).contains(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					mongodb.uri                           | mongodb://a     | trial.mongodb.enabled starts a MongoDB in the chart
					trial.mongodb.enabled                 | false           | No address of MongoDB is given
					trial.redis.enabled                   | false           | No address of Redis is given
					trial.kafka.enabled                   | false           | No address of Kafka is given
					kafka.topics.replication              | 3               | There is only one broker
					kafka.securityProtocol                | SSL             | accepts only unencrypted connections
					redis.username                        | agora           | has only the default user
					workloads.feed-worker.autoscaling.by  | lag             | KEDA cannot connect
					ingress.enabled                       | true            | needs ingress.host
					pages.target.bucket                   | pages           | needs pages.target.endpoint
					pages.target.endpoint                 | https://host    | needs pages.target.bucket
					httpRoute.enabled                     | true            | needs httpRoute.parentRefs
					image.tag                             | latest          | agora/feed-service:latest has no version
					journey.image                         | curlimages/curl | The image curlimages/curl has no version
					trial.redis.image                     | host:5000/redis | The image host:5000/redis has no version
					workloads.feed-service.image.ref      | host:5000/feed  | The image host:5000/feed has no version
					workloads.feed-service.image.ref      | feed:latest     | The image feed:latest has no version
					workloads.gateway.autoscaling.min     | 9               | min is above max
					""")
	void refusesContradictoryValues(String path, String value, String message) {
		assertThat(Chart.of("values-trial.yaml").set(path, value).refusal()).contains(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			mongodb.uri                   | mongodb://host  | exclude each other
			kafka.existingSecret          | ""              | needs kafka.existingSecret
			redis.mode                    | single          | takes one address
			redis.mode                    | sentinel        | needs redis.masterName
			kafka.topics.minInSyncReplicas | 4              | would refuse every event
			trial.kafka.enabled           | true            | starts a broker in the chart
			""")
	void refusesContradictoryValuesInProduction(String path, String value, String message) {
		assertThat(Chart.of("values-production.yaml").set(path, value).refusal()).contains(message);
	}

	@Test
	void refusesAPasswordInTheValues() {
		assertThat(Chart.of("values-trial.yaml")
			.set("trial.mongodb.enabled", false)
			.set("mongodb.uri", "mongodb://agora:secret@host")
			.refusal()).contains("mongodb.uri must not contain a password");
	}

	@Test
	void allowsNoUnknownFieldsInTheSchema() {
		List<String> open = new ArrayList<>();
		collectOpen("", Chart.YAML.readTree(text("values.schema.json")), open);
		assertThat(open).containsExactly("/properties/global");
	}

	private static void collectOpen(String path, JsonNode schema, List<String> open) {
		if (schema.path("type").asString("").equals("object") && !schema.has("additionalProperties")) {
			open.add(path);
		}
		schema.forEachEntry((key, child) -> collectOpen(path + "/" + key, child, open));
	}

	@Test
	void hasACommentForEachValue() {
		assertThat(ValueComments.missingIn(text("values.yaml"))).isEmpty();
	}

	@Test
	void findsAValueWithoutAComment() {
		String planted = "a:\n  # Why.\n  b: 1\n  c: 2\n# More.\nd: []\ne:\n  # Peers.\n  f:\n    - g: 1\n";
		assertThat(ValueComments.missingIn(planted)).containsExactly("a.c");
	}

	private static String text(String file) {
		try {
			return Files.readString(Chart.FOLDER.resolve(file));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
