package dev.agora.platform.web;

import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.text.TypedText;

/** A service with the web configuration and some endpoints. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, ServiceWebConfiguration.class, SampleApplication.Samples.class })
class SampleApplication {

	record Sample(@TypedText(max = 10) String title, @Min(value = 1, message = "must be positive") Integer count,
			More more) {
	}

	record More(int deep) {
	}

	@RestController
	static class Samples {

		@PostMapping("/samples")
		Mono<Sample> create(@Valid @RequestBody Mono<Sample> sample) {
			return sample;
		}

		@GetMapping("/me")
		Caller me(Caller caller) {
			return caller;
		}

		@GetMapping("/list")
		Map<String, Object> list(PageRequest page, Consistency consistency) {
			return Map.of("limit", page.limit(), "consistency", consistency);
		}

		@RequestMapping("/slow")
		Mono<String> slow() {
			return Mono.never();
		}

	}

}
