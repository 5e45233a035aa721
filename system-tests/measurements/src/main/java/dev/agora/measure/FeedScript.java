package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A script of wrk that reads the home feeds of members in turn. */
final class FeedScript {

	private FeedScript() {
	}

	/**
	 * Writes the script.
	 * @param identities the signed identities of the members
	 */
	static Path write(List<String> identities) throws IOException {
		String list = identities.stream().map((each) -> "  \"" + each + "\",\n").collect(Collectors.joining());
		return Files.writeString(Files.createTempFile("agora", ".lua"), "local identities = {\n" + list + """
				}
				local requests = {}
				local number = 0
				function init()
				  for _, identity in ipairs(identities) do
				    requests[#requests + 1] = wrk.format("GET", "/feed", { ["X-Agora-Identity"] = identity })
				  end
				end
				function request()
				  number = number % #requests + 1
				  return requests[number]
				end
				""");
	}

}
