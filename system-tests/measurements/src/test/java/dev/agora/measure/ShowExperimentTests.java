package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

import static org.assertj.core.api.Assertions.assertThat;

class ShowExperimentTests {

	@TempDir
	private Path folder;

	/** There is no launcher in the folder. */
	@Test
	void anExperimentThatEndsWithAnExceptionDoesNotPreventTheNextOne() {
		CommandLine show = new CommandLine(new ShowExperiment());
		List<Exception> thrown = new ArrayList<>();
		show.setExecutionExceptionHandler((ex, command, parsed) -> {
			thrown.add(ex);
			return 2;
		});
		assertThat(show.execute("cap", "cache", "--root", this.folder.toString())).isEqualTo(1);
		assertThat(thrown).isEmpty();
	}

	/** A run may start processes again, which get other ids. */
	@Test
	void eachRunUsesTheProcessesAsTheyAreThen() throws Exception {
		writeState(4_194_301);
		RunOptions options = CommandLine.populateCommand(new RunOptions(), "--any-load", "--out",
				this.folder.resolve("out").toString());
		RestartingExperiment experiment = new RestartingExperiment();
		ExperimentRun run = new ExperimentRun(experiment, new RunningSystem(this.folder, this.folder), options);
		run.measure(true, false);
		run.measure(true, true);
		assertThat(experiment.pids).containsExactly(4_194_301L, 4_194_302L);
		assertThat(this.folder.resolve("out/restarting.html")).exists();
	}

	private void writeState(long pid) throws IOException {
		Files.writeString(this.folder.resolve("system.json"),
				"{\"launcher\":{\"pid\":%d},\"processes\":[{\"name\":\"redis\",\"pid\":%d}]}".formatted(pid, pid));
	}

	/** An experiment during which a process gets another id. */
	private final class RestartingExperiment implements Experiment {

		private final List<Long> pids = new ArrayList<>();

		@Override
		public Claim claim() {
			return new Claim("restarting", "A claim.", "Nothing.", "none", new Claim.Effort("a", "b", "c"));
		}

		@Override
		public Findings run(Run run) throws IOException {
			this.pids.add(run.system().instances("redis").get("redis").pid());
			assertThat(run.logs()).isDirectory();
			writeState(4_194_302);
			return new Findings(List.of(new Check("checked", true)), List.of(), List.of(), List.of());
		}

	}

}
