package dev.agora.measure;

import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * Operations of a service whose throughput is measured.
 *
 * @param name what an operation is
 * @param group the instances that do it
 * @param request sends one
 * @param completed the operations that are complete since the start of a load
 * @param quota the share of a core that each instance may use, beside what it needs
 * without requests
 * @param gate the gate of posts, which instances receive as events too; null for others
 */
record CloneLoad(String name, CloneGroup group, ClosedLoop.Request request, ToDoubleFunction<ClosedLoop> completed,
		double quota, @Nullable FanOutGate gate) {

	CloneLoad(String name, CloneGroup group, ClosedLoop.Request request, double quota) {
		this(name, group, request, ClosedLoop::successes, quota, null);
	}

}
