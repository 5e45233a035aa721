package dev.agora.platform.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is and how long it may take before it counts as gone.
 *
 * @param address for example {@code redis://127.0.0.1:6379}, or {@code rediss://} with
 * TLS; several of a cluster's or of the sentinels
 * @param mode what is at these addresses
 * @param master the name under which sentinels know the master
 * @param username who connects, where Redis has users
 * @param password where Redis asks for one
 * @param ca the authority that signed the certificates, as PEM; without it those that the
 * JVM trusts
 * @param connectTimeout the longest to wait for a connection
 * @param commandTimeout the longest a caller waits for an answer
 * @param connections connections of this process to one server at most
 * @param pause how long Redis is left alone after it failed
 */
@ConfigurationProperties("agora.redis")
public record RedisSettings(@DefaultValue("redis://127.0.0.1:6379") List<String> address,
		@DefaultValue("single") Mode mode, @DefaultValue("agora") String master, @Nullable String username,
		@Nullable String password, @Nullable Path ca, @DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("150ms") Duration commandTimeout, @DefaultValue("32") int connections,
		@DefaultValue("1s") Duration pause) {

	/** Credentials in an address would have to be encoded, and would be in logs. */
	public RedisSettings {
		if (address.stream().anyMatch((each) -> each.contains("@"))) {
			throw new IllegalStateException("agora.redis.address takes no user and no password: give them as "
					+ "agora.redis.username and agora.redis.password, where they may hold any character.");
		}
	}

	/** How Redis is made up. */
	public enum Mode {

		/** One server, or one address that always leads to the master. */
		SINGLE,

		/** A master with replicas, watched by sentinels. */
		SENTINEL,

		/** Several masters, each with its part of the keys. */
		CLUSTER

	}

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "RedisSettings[address=" + this.address + ", mode=" + this.mode + "]";
	}

}
