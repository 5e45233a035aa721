package dev.agora.launcher.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Checks the chart on a Kubernetes cluster. */
@Command(name = "cluster-check",
		description = "Check the chart on a cluster: install it, and count failed requests while instances are "
				+ "restarted, scaled, upgraded, deleted and evicted. Options: --kubeconfig FILE, --namespace NAME, "
				+ "--release NAME, --domain SUFFIX, --values FILE, --only STEP,..., --list (the steps), --rate N, "
				+ "--requests N, --logs DIR, --together (all services at once), and --keep (the release).")
public final class ClusterCheck implements Callable<Integer> {

	private static final String SCRIPT = "system-tests/cluster/check";

	@Unmatched
	private List<String> options = new ArrayList<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		return MeasurementJar.runScript(SCRIPT, this.options);
	}

}
