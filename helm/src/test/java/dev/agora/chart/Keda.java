package dev.agora.chart;

import java.util.List;
import java.util.Map;

/** Models the part of KEDA's types that the chart uses, since no library does. */
final class Keda {

	private Keda() {
	}

	record ScaledObject(String apiVersion, String kind, Meta metadata, Scaling spec) {

		record Scaling(Target scaleTargetRef, int minReplicaCount, int maxReplicaCount, int cooldownPeriod,
				List<Trigger> triggers) {
		}

		record Target(String name) {
		}

		record Trigger(String type, TriggerMetadata metadata, Target authenticationRef) {
		}

		/** The metadata of both types of triggers. All values are text, even numbers. */
		record TriggerMetadata(String bootstrapServers, String topic, String consumerGroup, String lagThreshold,
				String offsetResetPolicy, String sasl, String tls, String url, String format, String valueLocation,
				String targetValue) {
		}

	}

	record TriggerAuthentication(String apiVersion, String kind, Meta metadata, Keys spec) {

		record Keys(List<SecretKey> secretTargetRef) {
		}

		record SecretKey(String parameter, String name, String key) {
		}

	}

	record Meta(String name, Map<String, String> labels) {
	}

}
