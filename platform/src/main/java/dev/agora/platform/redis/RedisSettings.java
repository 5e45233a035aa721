package dev.agora.platform.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connection to Redis.
 *
 * @param address the address, such as {@code redis://127.0.0.1:6379}, or
 * {@code rediss://} with TLS; several addresses for a cluster or for sentinels
 * @param mode the kind of servers at these addresses
 * @param master the name of the master that the sentinels monitor
 * @param username the user, if Redis has users
 * @param password the password, if Redis requires one
 * @param ca the certificate of the authority that signed the servers' certificates, as
 * PEM; without it the JVM's own authorities are trusted
 * @param connectTimeout the maximum time to open a connection
 * @param commandTimeout the maximum time that a caller waits for a command
 * @param poolSize the maximum number of connections of this process to one server
 * @param openDuration how long the circuit breaker stays open after Redis has failed
 */
@ConfigurationProperties("agora.redis")
public record RedisSettings(@DefaultValue("redis://127.0.0.1:6379") List<String> address,
		@DefaultValue("single") Mode mode, @DefaultValue("agora") String master, @Nullable String username,
		@Nullable String password, @Nullable Path ca, @DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("150ms") Duration commandTimeout, @DefaultValue("32") int poolSize,
		@DefaultValue("1s") Duration openDuration) {

	/** Refuses credentials in an address: they would appear in logs. */
	public RedisSettings {
		if (address.stream().anyMatch((each) -> each.contains("@"))) {
			throw new IllegalStateException("agora.redis.address must not contain a user or a password. Set "
					+ "agora.redis.username and agora.redis.password, which may hold any character.");
		}
	}

	/** The deployment of Redis. */
	public enum Mode {

		/** One server, or one address that always leads to the master. */
		SINGLE,

		/** A master with replicas, monitored by sentinels. */
		SENTINEL,

		/** Several masters, each with its share of the keys. */
		CLUSTER

	}

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "RedisSettings[address=" + this.address + ", mode=" + this.mode + "]";
	}

}
