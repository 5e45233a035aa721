package dev.agora.rules;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules about which types may depend on which. */
final class Architecture {

	private static final String[] SERVICES = { "dev.agora.session..", "dev.agora.product..", "dev.agora.graph..",
			"dev.agora.feed.." };

	private static final Pattern STORE_SIDE = Pattern
		.compile(".*(s|Store|Projection|Cache|Codec|Counter|Listener|Configuration|FanOut|Log|Position|Hub)");

	private static final Pattern VAGUE_NAME = Pattern
		.compile("(Abstract|Base).*|.*(Service|Manager|Helper|Util|Utils|Impl|Dto|Mapper)");

	private static final String COLLECTION = "com.mongodb.reactivestreams.client.MongoCollection";

	/** Reads queries by {@code Batches.of}. */
	private static final String DECODER = "dev.agora.platform.document.DocumentCodec";

	private static final String FIND = "com.mongodb.reactivestreams.client.FindPublisher";

	static final ArchRule DOMAIN_KNOWS_ONLY_THE_JDK = classes()
		.that(resideInAnyPackage(SERVICES).and(named("of the domain", Architecture::isDomain)))
		.should()
		.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.agora.platform.event",
				"dev.agora.platform.problem", "dev.agora.platform.digest", "com.google.errorprone.annotations..")
			.or(named("Change and Stored",
					(type) -> type.getPackageName().equals("dev.agora.platform.document")
							&& (type.getSimpleName().equals("Change") || type.getSimpleName().equals("Stored"))))
			.or(named("Caller", (type) -> type.getName().equals("dev.agora.platform.identity.Caller")))
			.or(resideInAnyPackage(SERVICES).and(named("of the domain", Architecture::isDomain)))
			.or(resideInAnyPackage(SERVICES).and(named("an enum", JavaClass::isEnum)))
			.or(resideInAnyPackage(SERVICES).and(named("nested in the domain",
					(type) -> type.getEnclosingClass().map(Architecture::isDomain).orElse(false)))))
		.because("a decision must be readable and testable without a framework");

	static final ArchRule ONLY_STORES_TOUCH_STORES = noClasses()
		.that(resideInAnyPackage(SERVICES).and(named("not a store, cache, listener or wiring",
				(type) -> !STORE_SIDE.matcher(outermost(type)).matches())))
		.should()
		.dependOnClassesThat(resideInAnyPackage("com.mongodb..", "org.bson..", "org.redisson..", "org.apache.kafka.."))
		.because("a failure of MongoDB, Redis or Kafka is handled in one place");

	static final ArchRule NOTHING_CALLS_A_CONTROLLER = noClasses()
		.that(named("neither an application nor a controller nor a listener",
				(type) -> !outermost(type).matches(".+(Application|Controller|Listener)")))
		.should()
		.dependOnClassesThat(resideInAPackage("dev.agora..")
			.and(named("a controller or a Kafka listener", Architecture::isEntryPoint)))
		.because("controllers and listeners call the other types, and no other type calls them");

	static final ArchRule FEATURES_HAVE_NO_CIRCLES = slices().matching("dev.agora.(*).(*)..").should().beFreeOfCycles();

	static final ArchRule PLATFORM_KNOWS_NO_SERVICE = noClasses().that()
		.resideInAPackage("dev.agora.platform..")
		.should()
		.dependOnClassesThat(resideInAnyPackage(SERVICES).or(resideInAPackage("dev.agora.gateway..")));

	static final ArchRule NOTHING_BLOCKS = noClasses()
		.that(named("not running on a thread of their own",
				(type) -> !List
					.of("OutboxRelay", "OutboxAcknowledger", "EventStream", "DeadLetterReplayer", "MongoConfiguration")
					.contains(outermost(type)) && !type.getPackageName().startsWith("dev.agora.launcher")))
		.should()
		.callMethodWhere(target(HasName.Predicates.nameMatching("block(Optional|First|Last)?"))
			.and(target(HasOwner.Predicates.With.owner(assignableTo("org.reactivestreams.Publisher")))))
		.because("a blocked event loop stops every request on it");

	static final ArchRule PACKAGES_ARE_SMALL = classes().should(PackageConditions.shareTheirPackageWithAtMost(15))
		.because("a package is a feature, and a reader must be able to survey it");

	static final ArchRule PACKAGES_HAVE_NO_CIRCLES = classes().should(PackageConditions.haveNoCircleInTheirPackage())
		.because("a reader starts a package at the type that depends on no other");

	static final ArchRule NAMES_SAY_SOMETHING = noClasses().should(
			ArchConditions.be(named("vaguely named", (type) -> VAGUE_NAME.matcher(type.getSimpleName()).matches())));

	static final ArchRule QUERIES_COME_IN_BATCHES = codeUnits()
		.should(new ArchCondition<>("read each query by Batches.of or first()") {
			@Override
			public void check(JavaCodeUnit code, ConditionEvents events) {
				long queries = calls(code, COLLECTION, "find");
				long read = calls(code, FIND, "first") + calls(code, "dev.agora.platform.mongo.Batches", "of")
						+ calls(code, DECODER, "ids") + calls(code, DECODER, "decodeAll")
						+ calls(code, DECODER, "decodeReadable");
				if (queries > read) {
					events.add(SimpleConditionEvent.violated(code, code.getFullName() + " has " + queries
							+ " queries and reads " + read + " of them by Batches.of or first()"));
				}
			}
		})
		.because("every other subscriber requests all documents in one batch");

	private Architecture() {
	}

	static List<ArchRule> all() {
		return List.of(DOMAIN_KNOWS_ONLY_THE_JDK, ONLY_STORES_TOUCH_STORES, NOTHING_CALLS_A_CONTROLLER,
				FEATURES_HAVE_NO_CIRCLES, PLATFORM_KNOWS_NO_SERVICE, NOTHING_BLOCKS, NAMES_SAY_SOMETHING,
				QUERIES_COME_IN_BATCHES, PACKAGES_ARE_SMALL, PACKAGES_HAVE_NO_CIRCLES);
	}

	private static long calls(JavaCodeUnit code, String owner, String method) {
		return code.getMethodCallsFromSelf()
			.stream()
			.filter((call) -> call.getTargetOwner().getName().equals(owner) && call.getName().equals(method))
			.count();
	}

	/**
	 * Whether a type belongs to the domain: an event, or a top-level record that is
	 * neither a request or response body, a row or the parameters of an import, nor a
	 * record of settings.
	 */
	private static boolean isDomain(JavaClass type) {
		String name = outermost(type);
		return (type.isRecord() || name.endsWith("Event"))
				&& !name.matches(
						"(New|Imported|Row).*|.*(Import|View|Request|Query|Settings|Listener|Controller|Client|Filter)")
				&& (type.isTopLevelClass() || name.endsWith("Event"));
	}

	private static boolean isEntryPoint(JavaClass type) {
		return outermost(type).endsWith("Controller") || type.getMethods()
			.stream()
			.anyMatch((method) -> method.isAnnotatedWith("org.springframework.kafka.annotation.KafkaListener"));
	}

	private static String outermost(JavaClass type) {
		String name = type.getName().substring(type.getPackageName().length() + 1);
		return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
	}

	private static DescribedPredicate<JavaClass> named(String description, Predicate<JavaClass> predicate) {
		return DescribedPredicate.describe(description, predicate);
	}

}
