package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The broker, and how events are sent and taken.
 *
 * @param bootstrapServers the brokers' addresses
 * @param client further properties of all clients, such as {@code security.protocol} or
 * {@code sasl.jaas.config}
 * @param listen whether this clone takes events; one that does not leaves them to others
 * of its service
 * @param topics the topics that this service publishes, made where they are missing
 * @param partitions of a topic that is made
 * @param replication of a topic that is made; -1 leaves it to the brokers
 * @param topicCheck how often it is looked whether the topics are still there
 * @param sessionTimeout after which a silent clone's partitions go to others
 * @param deliveryTimeout after which an unacknowledged event is left to the sweep
 * @param sweep how often the documents are searched for unsent events
 * @param sweepAfter how old an event is before another than its writer may send it
 * @param settle how long at the end of the process the last events may take to be sent
 * @param attempts how often an event that fails by itself is tried before it is put aside
 * @param login how clients log in, where the brokers ask for a password
 */
@ConfigurationProperties("agora.kafka")
public record KafkaSettings(@DefaultValue("127.0.0.1:9092") List<String> bootstrapServers,
		@DefaultValue Map<String, String> client, @DefaultValue("true") boolean listen,
		@DefaultValue List<String> topics, @DefaultValue("6") int partitions, @DefaultValue("-1") short replication,
		@DefaultValue("30s") Duration topicCheck, @DefaultValue("6s") Duration sessionTimeout,
		@DefaultValue("10s") Duration deliveryTimeout, @DefaultValue("1s") Duration sweep,
		@DefaultValue("2s") Duration sweepAfter, @DefaultValue("2s") Duration settle, @DefaultValue("4") int attempts,
		@DefaultValue Login login) {

	/** The properties of a client: how it reaches the brokers, and its own. */
	Map<String, Object> clientProperties(Map<String, Object> own) {
		Map<String, Object> properties = new HashMap<>(this.client);
		this.login.addTo(properties);
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", this.bootstrapServers));
		properties.putAll(own);
		return properties;
	}

	/** Keeps what clients log in with out of logs. */
	@Override
	public String toString() {
		return "KafkaSettings[bootstrapServers=" + this.bootstrapServers + "]";
	}

	/**
	 * A user of the brokers. Any character may be in the password.
	 *
	 * @param username who logs in; without one nobody does
	 * @param password the user's
	 */
	public record Login(@Nullable String username, @Nullable String password) {

		void addTo(Map<String, Object> properties) {
			if (this.username == null) {
				return;
			}
			if (this.password == null || properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
				throw new IllegalStateException("agora.kafka.login needs a username and a password, "
						+ "and takes the place of agora.kafka.client.sasl.jaas.config.");
			}
			properties.put(SaslConfigs.SASL_JAAS_CONFIG, "%s required username=%s password=%s;"
				.formatted(module(properties), quoted(this.username), quoted(this.password)));
		}

		private static String module(Map<String, Object> properties) {
			Object mechanism = properties.get(SaslConfigs.SASL_MECHANISM);
			if ("PLAIN".equals(mechanism)) {
				return PlainLoginModule.class.getName();
			}
			if (mechanism instanceof String scram && scram.startsWith("SCRAM-")) {
				return ScramLoginModule.class.getName();
			}
			throw new IllegalStateException("agora.kafka.login is for agora.kafka.client.sasl.mechanism PLAIN, "
					+ "SCRAM-SHA-256 or SCRAM-SHA-512, which is " + mechanism + ".");
		}

		/** A quoted text as Kafka reads it, which ends at a line break. */
		private static String quoted(String text) {
			return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
					+ '"';
		}

		@Override
		public String toString() {
			return "Login[username=" + this.username + "]";
		}

	}

}
