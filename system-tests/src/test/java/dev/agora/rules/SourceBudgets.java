package dev.agora.rules;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

/** Finds files, methods, lambdas and parameter lists that are larger than allowed. */
final class SourceBudgets {

	static final int FILE_LINES = 250;

	static final int METHOD_LINES = 25;

	static final int LAMBDA_LINES = 5;

	static final int PARAMETERS = 4;

	static final int CONSTRUCTOR_PARAMETERS = 5;

	private SourceBudgets() {
	}

	/** Finds the parts of source files that exceed their budgets. */
	static List<String> exceededIn(List<Source> sources) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of(), null, sources);
		List<String> found = new ArrayList<>();
		for (CompilationUnitTree unit : task.parse()) {
			String name = unit.getSourceFile().getName().substring(1);
			long lines = unit.getSourceFile().getCharContent(true).toString().lines().count();
			if (lines > FILE_LINES) {
				found.add(name + " has " + lines + " lines");
			}
			new Measure(name, unit, Trees.instance(task).getSourcePositions(), found).scan(unit, null);
		}
		return found;
	}

	private static final class Measure extends TreePathScanner<Void, Void> {

		private final String name;

		private final CompilationUnitTree unit;

		private final SourcePositions positions;

		private final List<String> found;

		Measure(String name, CompilationUnitTree unit, SourcePositions positions, List<String> found) {
			this.name = name;
			this.unit = unit;
			this.positions = positions;
			this.found = found;
		}

		@Override
		public Void visitImport(ImportTree tree, Void nothing) {
			if (tree.getQualifiedIdentifier().toString().endsWith(".*")) {
				this.found.add(at(tree) + " imports a star");
			}
			return super.visitImport(tree, null);
		}

		@Override
		public Void visitMethod(MethodTree tree, Void nothing) {
			boolean many = tree.getReturnType() == null || isAnnotated(tree, "Bean");
			if (tree.getBody() != null && lines(tree.getBody()) > METHOD_LINES) {
				this.found.add(at(tree) + " " + tree.getName() + " has " + lines(tree.getBody()) + " lines");
			}
			if (!isPrescribed(tree) && tree.getParameters().size() > (many ? CONSTRUCTOR_PARAMETERS : PARAMETERS)) {
				this.found.add(at(tree) + " " + tree.getName() + " has " + tree.getParameters().size() + " parameters");
			}
			return super.visitMethod(tree, null);
		}

		@Override
		public Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
			if (lines(tree) > LAMBDA_LINES + 2) {
				this.found.add(at(tree) + " a lambda has " + (lines(tree) - 2) + " lines");
			}
			return super.visitLambdaExpression(tree, null);
		}

		/** Whether a library or the components of a record prescribe the parameters. */
		private boolean isPrescribed(MethodTree tree) {
			boolean ofRecord = getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
			return isAnnotated(tree, "Override") || (ofRecord && tree.getReturnType() == null);
		}

		private static boolean isAnnotated(MethodTree tree, String annotation) {
			return tree.getModifiers()
				.getAnnotations()
				.stream()
				.anyMatch((found) -> found.getAnnotationType().toString().equals(annotation));
		}

		private String at(Tree tree) {
			return this.name + ":"
					+ this.unit.getLineMap().getLineNumber(this.positions.getStartPosition(this.unit, tree));
		}

		private long lines(Tree tree) {
			LineMap map = this.unit.getLineMap();
			return map.getLineNumber(this.positions.getEndPosition(this.unit, tree))
					- map.getLineNumber(this.positions.getStartPosition(this.unit, tree)) + 1;
		}

	}

	/** The text of a source file, whose name the findings use. */
	static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
