package io.github.cdimessages.testing.steps;

import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the points into one method. */
final class SteppedMethod extends MethodVisitor {
    private static final String STEPS = "io/github/cdimessages/testing/steps/Steps";
    private static final String LOCK = "java/util/concurrent/locks/ReentrantLock";
    private static final String STEPPED_LOCK = "io/github/cdimessages/testing/steps/SteppedLock";
    /** The types of the tested classes whose objects threads share without a monitor. */
    private static final Set<String> SHARED = Set.of(
            "java/util/Queue",
            "java/util/concurrent/ConcurrentHashMap",
            "java/util/concurrent/atomic/AtomicBoolean",
            "java/util/concurrent/atomic/AtomicInteger");

    private final VolatileFields volatiles;
    private final String packagePath;
    private final boolean everywhere;

    SteppedMethod(MethodVisitor next, VolatileFields volatiles, String type, boolean everywhere) {
        super(Opcodes.ASM9, next);
        this.volatiles = volatiles;
        this.packagePath = type.substring(0, type.lastIndexOf('/') + 1);
        this.everywhere = everywhere;
    }

    static String steppedType(String type) {
        return type.replace(LOCK, STEPPED_LOCK);
    }

    static void call(MethodVisitor to, String hook, String type) {
        to.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, hook, type, false);
    }

    @Override
    public void visitInsn(int code) {
        if (code == Opcodes.MONITORENTER) {
            super.visitInsn(Opcodes.DUP);
            call(mv, "enter", "(Ljava/lang/Object;)V");
            super.visitInsn(code);
        } else if (code == Opcodes.MONITOREXIT) {
            super.visitInsn(Opcodes.DUP);
            super.visitInsn(code);
            call(mv, "exit", "(Ljava/lang/Object;)V");
        } else {
            pointIf(code == Opcodes.AALOAD || code == Opcodes.AASTORE);
            super.visitInsn(code);
        }
    }

    @Override
    public void visitTypeInsn(int code, String type) {
        super.visitTypeInsn(code, steppedType(type));
    }

    @Override
    public void visitFieldInsn(int code, String owner, String field, String type) {
        pointIf(everywhere && owner.startsWith(packagePath) && volatiles.contain(owner, field));
        super.visitFieldInsn(code, owner, field, steppedType(type));
    }

    @Override
    public void visitMethodInsn(int code, String owner, String method, String type, boolean ofInterface) {
        if (owner.equals("java/lang/Thread") && method.equals("start")) {
            call(mv, "start", "(Ljava/lang/Thread;)V");
        } else if (owner.equals("java/util/concurrent/locks/LockSupport") && method.equals("parkNanos")) {
            call(mv, "pause", "(J)V");
        } else {
            pointIf(SHARED.contains(owner) && !method.equals("<init>"));
            super.visitMethodInsn(code, steppedType(owner), method, type, ofInterface);
        }
    }

    private void pointIf(boolean shared) {
        if (everywhere && shared) {
            call(mv, "point", "()V");
        }
    }
}
