package dev.agora.rules;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on the types of one package. A nested type counts as its outermost type. */
final class PackageConditions {

	private PackageConditions() {
	}

	/** The package of a type has at most this number of types. */
	static ArchCondition<JavaClass> shareTheirPackageWithAtMost(int limit) {
		return new PackageCondition("be one of at most " + limit + " types of their package") {

			@Override
			void check(String name, Map<String, Set<String>> types, ConditionEvents events) {
				if (types.size() > limit) {
					events.add(SimpleConditionEvent.violated(name, name + " has the types " + types.keySet()));
				}
			}

		};
	}

	/**
	 * No type depends on itself through other types of its package. The dependencies of
	 * annotations do not count: Jakarta Validation has a constraint name its validator.
	 */
	static ArchCondition<JavaClass> haveNoCircleInTheirPackage() {
		return new PackageCondition("have no circle in their package") {

			@Override
			void check(String name, Map<String, Set<String>> types, ConditionEvents events) {
				Set<String> circle = new TreeSet<>(types.keySet());
				circle.removeIf((type) -> !isReachable(type, type, types));
				if (!circle.isEmpty()) {
					events.add(SimpleConditionEvent.violated(name, name + " has a circle among " + circle));
				}
			}

		};
	}

	private static boolean isReachable(String target, String start, Map<String, Set<String>> types) {
		Set<String> visited = new HashSet<>();
		Deque<String> waiting = new ArrayDeque<>(types.getOrDefault(start, Set.of()));
		while (!waiting.isEmpty()) {
			String type = waiting.pop();
			if (type.equals(target)) {
				return true;
			}
			if (visited.add(type)) {
				waiting.addAll(types.getOrDefault(type, Set.of()));
			}
		}
		return false;
	}

	/** Collects the types of each package and checks the packages one by one. */
	private abstract static class PackageCondition extends ArchCondition<JavaClass> {

		private final Map<String, Map<String, Set<String>>> packages = new TreeMap<>();

		PackageCondition(String description) {
			super(description);
		}

		/**
		 * Checks one package.
		 * @param name the name of the package
		 * @param types its types, each with the types of the package that it depends on
		 * @param events receives the violations
		 */
		abstract void check(String name, Map<String, Set<String>> types, ConditionEvents events);

		@Override
		public void init(Collection<JavaClass> all) {
			this.packages.clear();
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			if (type.getSimpleName().equals("package-info")) {
				return;
			}
			Set<String> dependencies = this.packages.computeIfAbsent(type.getPackageName(), (name) -> new TreeMap<>())
				.computeIfAbsent(outermost(type), (name) -> new TreeSet<>());
			type.getDirectDependenciesFromSelf()
				.stream()
				.filter((dependency) -> !type.isAnnotation())
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((target) -> target.getPackageName().equals(type.getPackageName()))
				.map(PackageConditions::outermost)
				.filter((target) -> !target.equals(outermost(type)))
				.forEach(dependencies::add);
		}

		@Override
		public void finish(ConditionEvents events) {
			this.packages.forEach((name, types) -> check(name, types, events));
		}

	}

	private static String outermost(JavaClass type) {
		String name = type.getName().substring(type.getPackageName().length() + 1);
		return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
	}

}
