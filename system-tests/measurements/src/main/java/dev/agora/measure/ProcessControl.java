package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Kills, stops and starts processes of the running system. */
final class ProcessControl {

	private final HttpClient http = HttpClient.newHttpClient();

	private final String controlUrl;

	ProcessControl(RunningSystem system) {
		this.controlUrl = system.controlUrl();
	}

	void killAndStart(String process) throws IOException, InterruptedException {
		send(process, "kill");
		send(process, "start");
	}

	/**
	 * Sends an action for some processes. Failures are printed, since this is the end of
	 * a measurement.
	 */
	void sendAtEnd(Iterable<String> processes, String action) {
		for (String process : processes) {
			try {
				send(process, action);
			}
			catch (IOException | Problem ex) {
				System.err.println("The " + action + " of " + process + " has failed: " + ex.getMessage());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				System.err.println("The " + action + " of " + process + " was interrupted.");
			}
		}
	}

	void send(String process, String action) throws IOException, InterruptedException {
		URI address = URI.create(this.controlUrl + "/processes/" + process + "/" + action);
		HttpRequest request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new Problem("The launcher does not " + action + " " + process + ": " + response.body());
		}
	}

}
