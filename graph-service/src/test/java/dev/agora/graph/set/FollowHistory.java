package dev.agora.graph.set;

import java.util.ArrayList;
import java.util.List;

/** When a follow was certainly active or inactive. */
final class FollowHistory {

	private final List<State> states = new ArrayList<>(List.of(new State(false, Long.MIN_VALUE)));

	private boolean isChanging;

	/** Begins a write, after which the state is unknown; false if another write runs. */
	synchronized boolean tryBegin(boolean follow) {
		if (this.isChanging) {
			return false;
		}
		this.isChanging = true;
		if (last().active != follow) {
			last().until = System.nanoTime();
		}
		return true;
	}

	synchronized void end(boolean follow) {
		this.isChanging = false;
		if (last().active != follow) {
			this.states.add(new State(follow, System.nanoTime()));
		}
	}

	/** Whether the state was certain and the same during a time. */
	synchronized boolean wasThroughout(boolean active, long begin, long end) {
		return this.states.stream()
			.anyMatch((state) -> state.active == active && state.since < begin && end < state.until);
	}

	private State last() {
		return this.states.get(this.states.size() - 1);
	}

	private static final class State {

		private final boolean active;

		private final long since;

		private long until = Long.MAX_VALUE;

		State(boolean active, long since) {
			this.active = active;
			this.since = since;
		}

	}

}
