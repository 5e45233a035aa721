package dev.agora.launcher.local;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.kafka.KafkaBrokers;

/**
 * The options of {@code ./agora up}.
 *
 * @param host the address at which gateways listen
 * @param port the port of the first gateway, 0 for a free one
 * @param instances the number of instances by service, one for a service without an entry
 * @param backendsOnly whether to start brokers and stores only
 * @param mongodb the address of a MongoDB that runs already
 * @param mongodbMemory the heap of the embedded MongoDB, as in 320m
 * @param redis the address of a Redis that runs already
 * @param kafka the addresses of brokers that run already
 * @param brokers the number of brokers to start, 1 or 3
 * @param redisCluster whether to start Redis as a cluster
 * @param console whether to start the console
 * @param optimize whether the JVMs use their optimizing compiler
 * @param images the images of the services, null if they run as processes
 */
public record LaunchOptions(String host, int port, Map<String, Integer> instances, boolean backendsOnly,
		@Nullable String mongodb, String mongodbMemory, @Nullable String redis, @Nullable String kafka, int brokers,
		boolean redisCluster, boolean console, boolean optimize, @Nullable ImageOptions images) {

	/** The heap of the embedded MongoDB, unless another one is given. */
	public static final String MONGODB_MEMORY = "320m";

	/** The numbers of brokers that can be started. */
	public static final List<Integer> BROKERS = KafkaBrokers.COUNTS;

	/** Returns the mode in which the services connect to Redis. */
	String redisMode() {
		return this.redisCluster ? "cluster" : "single";
	}

	int instancesOf(String service) {
		return this.instances.getOrDefault(service, 1);
	}

}
