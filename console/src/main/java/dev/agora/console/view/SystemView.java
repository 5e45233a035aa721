package dev.agora.console.view;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.console.action.LogEntry;
import dev.agora.console.broker.Topic;
import dev.agora.console.load.LightLoad.LoadView;

/**
 * All that a page shows, except dead letters, jobs and traces.
 *
 * @param at the time in milliseconds since 1970
 * @param actions whether the viewer may change the system
 * @param nodes the services and stores
 * @param edges the connections between them
 * @param kafka whether Kafka has responded
 * @param topics the topics
 * @param outboxes the outboxes of the services
 * @param caches the cached objects
 * @param freshness how old feeds are
 * @param load the light load
 * @param log the last actions
 */
public record SystemView(long at, boolean actions, List<Node> nodes, List<Edge> edges, boolean kafka,
		List<Topic> topics, List<Outbox> outboxes, List<Cache> caches, Freshness freshness, LoadView load,
		List<LogEntry> log) {

	/**
	 * A service or store.
	 *
	 * @param id its name
	 * @param kind gateway, service or store
	 * @param instances its instances
	 */
	public record Node(String id, String kind, List<Instance> instances) {
	}

	/**
	 * An instance of a service or store.
	 *
	 * @param name its name
	 * @param state its state
	 * @param build the version that it runs
	 * @param port the port at which it serves
	 * @param inFlight the requests that the gateways wait for
	 * @param note a remark, empty if there is none
	 * @param usage the memory and CPU time that it uses, null if it does not measure them
	 * @param traffic the requests that it receives, null if it does not measure them
	 */
	public record Instance(String name, String state, String build, int port, int inFlight, String note,
			@Nullable Usage usage, @Nullable Traffic traffic) {
	}

	/**
	 * The resources that a process uses.
	 *
	 * @param memory its memory in MiB
	 * @param cpu the share of all cores, from 0 to 1
	 */
	public record Usage(long memory, double cpu) {
	}

	/**
	 * A connection.
	 *
	 * @param from the caller
	 * @param to the called one
	 * @param traffic the calls, null if nobody measures them
	 */
	public record Edge(String from, String to, @Nullable Traffic traffic) {
	}

	/**
	 * The outboxes of a service.
	 *
	 * @param service the service
	 * @param backlog the documents with unsent events
	 * @param age the age of the oldest unsent event in seconds
	 * @param delay the time that the events waited lately
	 */
	public record Outbox(String service, double backlog, double age, Traffic delay) {
	}

	/**
	 * The cached objects of one kind.
	 *
	 * @param service the service
	 * @param cache the kind of object
	 * @param reads the reads per second
	 * @param hitRatio the share of reads that found the object, null without reads
	 * @param loads the loads from the store
	 */
	public record Cache(String service, String cache, double reads, @Nullable Double hitRatio, Traffic loads) {
	}

	/**
	 * How old feeds are.
	 *
	 * @param age the age in seconds of the oldest event that timelines lack
	 * @param pushes the time from a post to its last push
	 */
	public record Freshness(double age, Traffic pushes) {
	}

}
