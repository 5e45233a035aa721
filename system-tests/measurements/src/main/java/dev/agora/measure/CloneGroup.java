package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The instances of a service, each with a CPU quota, of which some serve. */
final class CloneGroup implements AutoCloseable {

	private final List<RunningSystem.Instance> instances;

	private final List<String> names;

	private final List<Quota> quotas = new ArrayList<>();

	private final String service;

	private final SwitchedGateway gateway;

	private volatile List<RunningSystem.Instance> serving;

	/** Suspended instances receive no events either. */
	private final Set<RunningSystem.Instance> suspended = new HashSet<>();

	/**
	 * Creates the group of all instances of a service, without limits.
	 * @param shared whether one quota is for all of them
	 */
	CloneGroup(RunningSystem system, String service, SwitchedGateway gateway, boolean shared) throws IOException {
		Map<String, RunningSystem.Instance> sorted = new TreeMap<>(system.instances(service));
		this.service = service;
		this.names = List.copyOf(sorted.keySet());
		this.instances = List.copyOf(sorted.values());
		this.serving = this.instances;
		this.gateway = gateway;
		if (shared) {
			this.quotas.add(new Quota(service, this.instances.stream().map(RunningSystem.Instance::pid).toList()));
			return;
		}
		for (int number = 0; number < this.instances.size(); number++) {
			this.quotas.add(new Quota(this.names.get(number), List.of(this.instances.get(number).pid())));
		}
	}

	String service() {
		return this.service;
	}

	List<RunningSystem.Instance> instances() {
		return this.instances;
	}

	List<String> names() {
		return this.names;
	}

	/** Returns the instances that get requests. */
	List<RunningSystem.Instance> serving() {
		return this.serving;
	}

	/** Sends requests to the first instances only, and suspends the others if wanted. */
	void use(int number, boolean suspendOthers) throws IOException, InterruptedException {
		for (RunningSystem.Instance instance : this.instances.subList(number, this.instances.size())) {
			if (suspendOthers && this.suspended.add(instance)) {
				Signal.STOP.send(instance.pid());
			}
		}
		use(this.instances.subList(0, number));
	}

	/**
	 * Sends requests to some instances only, which are resumed if they were suspended.
	 */
	void use(List<RunningSystem.Instance> chosen) throws IOException, InterruptedException {
		resume(chosen);
		this.serving = chosen;
		this.gateway.use(this.service, chosen);
	}

	private void resume(List<RunningSystem.Instance> chosen) throws IOException {
		for (RunningSystem.Instance instance : chosen) {
			if (this.suspended.remove(instance)) {
				Signal.CONT.send(instance.pid());
			}
		}
	}

	/**
	 * Limits each instance to a number of cores, or all together if the quota is shared.
	 */
	void limit(double cores) throws IOException {
		for (Quota quota : this.quotas) {
			quota.limit(cores);
		}
	}

	/** Limits one instance. */
	void limit(int number, double cores) throws IOException {
		this.quotas.get(number).limit(cores);
	}

	/** Ends all limits in effect. */
	void unlimit() throws IOException {
		limit(Runtime.getRuntime().availableProcessors());
	}

	/** Returns the periods of the quota of each serving instance. */
	List<Quota.Periods> periods() throws IOException {
		Collection<RunningSystem.Instance> now = this.serving;
		List<Quota.Periods> periods = new ArrayList<>();
		for (int number = 0; number < this.quotas.size(); number++) {
			if (now.contains(this.instances.get(number))) {
				periods.add(this.quotas.get(number).periods());
			}
		}
		return periods;
	}

	/** Resumes all instances and removes their quotas. */
	@Override
	public void close() throws IOException {
		resume(this.instances);
		for (Quota quota : this.quotas) {
			quota.close();
		}
	}

}
