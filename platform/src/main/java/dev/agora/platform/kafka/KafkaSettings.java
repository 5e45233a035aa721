package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the Kafka clients, the topics, the outbox relay and the listeners.
 *
 * @param bootstrapServers the addresses of the brokers
 * @param client further properties of all clients, such as {@code security.protocol} or
 * {@code sasl.jaas.config}
 * @param consume whether this instance consumes events; if not, other instances of the
 * service do
 * @param topics the topics that this service publishes to; missing ones are created
 * @param partitions the number of partitions of a topic that is created
 * @param replication the replication factor of a topic that is created; -1 leaves it to
 * the brokers
 * @param topicCheck the interval at which the existence of the topics is checked
 * @param sessionTimeout the time after which the partitions of an instance that sends no
 * heartbeats are assigned to other instances
 * @param deliveryTimeout the time after which an unacknowledged event is left to the
 * sweep
 * @param sweepInterval the interval at which the documents are searched for unsent events
 * @param sweepMinAge the age from which an event may be sent by another instance than its
 * writer
 * @param drainTimeout the time for sending the last events when the process ends
 * @param maxAttempts the number of attempts to apply an event before it becomes a dead
 * letter
 * @param login the user and password of the clients, if the brokers require them
 */
@ConfigurationProperties("agora.kafka")
public record KafkaSettings(@DefaultValue("127.0.0.1:9092") List<String> bootstrapServers,
		@DefaultValue Map<String, String> client, @DefaultValue("true") boolean consume,
		@DefaultValue List<String> topics, @DefaultValue("6") int partitions, @DefaultValue("-1") short replication,
		@DefaultValue("30s") Duration topicCheck, @DefaultValue("6s") Duration sessionTimeout,
		@DefaultValue("10s") Duration deliveryTimeout, @DefaultValue("1s") Duration sweepInterval,
		@DefaultValue("2s") Duration sweepMinAge, @DefaultValue("2s") Duration drainTimeout,
		@DefaultValue("4") int maxAttempts, @DefaultValue Login login) {

	/** Returns the properties of a client: those that all clients share, and its own. */
	public Map<String, Object> clientProperties(Map<String, Object> own) {
		Map<String, Object> properties = new HashMap<>(this.client);
		this.login.addTo(properties);
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", this.bootstrapServers));
		properties.putAll(own);
		return properties;
	}

	/**
	 * Creates a client that administers the brokers. This may block.
	 * @param timeout the time after which a request fails
	 */
	public Admin createAdmin(Duration timeout) {
		int millis = Math.toIntExact(timeout.toMillis());
		return Admin.create(clientProperties(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
				AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis)));
	}

	/** Keeps passwords out of logs. */
	@Override
	public String toString() {
		return "KafkaSettings[bootstrapServers=" + this.bootstrapServers + "]";
	}

	/**
	 * The user that the clients log in as. The password may hold any character.
	 *
	 * @param username the name of the user; without one the clients do not log in
	 * @param password the password of the user
	 */
	public record Login(@Nullable String username, @Nullable String password) {

		void addTo(Map<String, Object> properties) {
			if (this.username == null) {
				return;
			}
			if (this.password == null || properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
				throw new IllegalStateException("agora.kafka.login needs a username and a password, "
						+ "and excludes agora.kafka.client.sasl.jaas.config. Set one of the two.");
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
			throw new IllegalStateException("agora.kafka.login needs agora.kafka.client.sasl.mechanism to be PLAIN, "
					+ "SCRAM-SHA-256 or SCRAM-SHA-512, but it is " + mechanism + ".");
		}

		/** Quotes a text as Kafka parses it. Line breaks must be escaped. */
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
