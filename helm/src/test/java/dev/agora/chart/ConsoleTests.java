package dev.agora.chart;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The console of a cluster shows the workloads, and can do nothing else. */
class ConsoleTests {

	private static final String DEPLOYMENT = "Deployment/agora-console";

	private static final Rendering SHOWN = Chart.of("values-trial.yaml").set("console.enabled", true).render();

	@Test
	void isMissingByDefault() {
		assertThat(Chart.of("values-trial.yaml").render().has(DEPLOYMENT)).isFalse();
		assertThat(Chart.of("values-production.yaml").render().has(DEPLOYMENT)).isFalse();
	}

	@Test
	void connectsToTheManagementPortsOfTheWorkloadsOnly() {
		Set<String> connections = Network.of(SHOWN)
			.connections()
			.stream()
			.filter((connection) -> connection.contains("console") && !connection.endsWith(":53"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(connections).containsExactly("console -> feed-service:management", "console -> gateway:management",
				"console -> graph-service:management", "console -> product-service:management",
				"console -> session-service:management");
	}

	@Test
	void readsNoSecretAndHasNoToken() {
		assertThat(SHOWN.get(DEPLOYMENT).tree().toString()).doesNotContain("secretKeyRef", "\"secret\"", "TOKEN");
		assertThat(SHOWN.get("ConfigMap/agora-console").tree().toString()).doesNotContain("TOKEN", "KAFKA");
	}

	@Test
	void knowsEveryWorkload() {
		String names = SHOWN.get("ConfigMap/agora-console").text("/data/CONSOLE_TARGETS_NAMES");
		for (String service : names.split(",", -1)) {
			String host = service.substring(service.indexOf('=') + 1);
			assertThat(SHOWN.has("Service/" + host.substring(0, host.indexOf('.')))).as(service).isTrue();
		}
		assertThat(names).contains("gateway=agora-gateway-instances.").contains("feed-service=agora-feed-service.");
	}

	@Test
	void letsTheGivenPeersConnect() {
		Rendering open = Chart.of("values-trial.yaml")
			.set("console.enabled", true)
			.set("console.clients[0].ipBlock.cidr", "10.0.0.0/8")
			.render();
		assertThat(Network.of(open).connections()).contains("outside -> console:http");
	}

}
