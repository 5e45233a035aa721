package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** The members and follows of a system, which become more. */
final class GrowthWorld {

	/** These are in all partitions, so that the members before them are known as well. */
	private static final int LAST_MEMBERS = 100;

	private static final int IDLE_SECONDS = 10;

	/** The services handle the events of 300,000 follows in that time. */
	private static final int MAX_BUSY_SECONDS = 900;

	private final RunningSystem system;

	private final GrowthGraph graph;

	private final OperatorClient operator;

	private @Nullable GrowthProbe probe;

	private int size;

	/**
	 * Creates an empty world.
	 * @param seed the seed of the follows
	 * @param follows how many members each one outside the measured group follows
	 */
	GrowthWorld(RunningSystem system, long seed, int follows) throws IOException, InterruptedException {
		this.system = system;
		this.graph = new GrowthGraph("g" + Long.toString(System.nanoTime(), 36) + "_", seed, follows);
		this.operator = new OperatorClient(system);
	}

	/** Imports members and their follows until there is a number of members. */
	void growTo(int members) throws IOException, InterruptedException {
		OperatorClient.Outcome imported = this.operator.importMembers(this.graph.members(this.size, members));
		System.out.printf("%d members created in %.1f s%n", imported.count("created"), imported.seconds());
		String lines = this.graph.follows(this.size, members);
		this.operator
			.importFollowsOfNewMembers(this.graph.follows(Math.max(this.size, members - LAST_MEMBERS), members));
		this.operator.importFollowsOfNewMembers(lines);
		System.out.printf("%d lines of follows imported%n", lines.lines().count());
		this.size = members;
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		List<RunningSystem.Instance> busy = ServiceMeters.storesOf(this.system, "graph-service", "feed-service",
				"mongodb", "redis", "kafka");
		CpuMeter.awaitIdle(busy, MAX_BUSY_SECONDS);
	}

	/** Returns the requests of the measured group, whose members exist already. */
	GrowthProbe probe() throws IOException, InterruptedException {
		GrowthProbe current = (this.probe != null) ? this.probe : new GrowthProbe(this.system, this.graph);
		this.probe = current;
		return current;
	}

}
