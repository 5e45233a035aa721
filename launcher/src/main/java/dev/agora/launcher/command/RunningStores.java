package dev.agora.launcher.command;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.agora.launcher.local.LaunchOptions;

/**
 * The options about stores and brokers: which of them run already, and the memory of the
 * embedded MongoDB.
 */
final class RunningStores {

	@Option(names = "--mongodb", paramLabel = "URI", description = "Use the MongoDB that runs there.")
	private @Nullable String mongodb;

	@Option(names = "--redis", paramLabel = "URI", description = "Use the Redis that runs there.")
	private @Nullable String redis;

	@Option(names = "--kafka", paramLabel = "HOSTS", description = "Use the Kafka brokers that run there.")
	private @Nullable String kafka;

	@Option(names = "--mongodb-memory", paramLabel = "SIZE", defaultValue = LaunchOptions.MONGODB_MEMORY,
			description = "The heap of the embedded MongoDB, which holds its indexes, as in 2g (default: ${DEFAULT-VALUE}).")
	private String mongodbMemory = LaunchOptions.MONGODB_MEMORY;

	@Nullable String mongodb() {
		return this.mongodb;
	}

	String mongodbMemory() {
		return this.mongodbMemory;
	}

	@Nullable String redis() {
		return this.redis;
	}

	@Nullable String kafka() {
		return this.kafka;
	}

	/** Returns what is wrong with the first address that has the wrong form. */
	Optional<String> fault() {
		if (this.mongodb != null && !this.mongodb.matches("mongodb(\\+srv)?://.+")) {
			return Optional.of("--mongodb: " + this.mongodb + " is not an address of the form mongodb://HOST:PORT.");
		}
		if (!this.mongodbMemory.matches("[1-9]\\d{0,5}[mg]")) {
			return Optional.of("--mongodb-memory: " + this.mongodbMemory + " is not a size of the form 512m or 2g.");
		}
		if (this.redis != null && !this.redis.matches("rediss?://.+")) {
			return Optional.of("--redis: " + this.redis + " is not an address of the form redis://HOST:PORT.");
		}
		if (this.kafka != null && !this.kafka.matches("[^:,/]+:\\d+(,[^:,/]+:\\d+)*")) {
			return Optional.of("--kafka: " + this.kafka + " is not a list of the form HOST:PORT,HOST:PORT.");
		}
		return Optional.empty();
	}

}
