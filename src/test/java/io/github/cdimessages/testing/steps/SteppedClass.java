package io.github.cdimessages.testing.steps;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Weaves the points into one class. */
final class SteppedClass extends ClassVisitor {
    private final VolatileFields volatiles;
    private final boolean everywhere;
    private String name = "";

    SteppedClass(ClassVisitor next, VolatileFields volatiles, boolean everywhere) {
        super(Opcodes.ASM9, next);
        this.volatiles = volatiles;
        this.everywhere = everywhere;
    }

    @Override
    public void visit(int version, int access, String type, String generic, String parent, String[] interfaces) {
        name = type;
        super.visit(version, access, type, generic, SteppedMethod.steppedType(parent), interfaces);
    }

    @Override
    public FieldVisitor visitField(int access, String field, String type, String generic, Object value) {
        return super.visitField(access, field, SteppedMethod.steppedType(type), generic, value);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String type, String generic, String[] thrown) {
        boolean locked = (access & Opcodes.ACC_SYNCHRONIZED) != 0;
        if (!locked) {
            return woven(super.visitMethod(access, method, type, generic, thrown));
        }
        String body = method + "$body";
        wrap(super.visitMethod(access & ~Opcodes.ACC_SYNCHRONIZED, method, type, generic, thrown), body, type);
        int hidden = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNCHRONIZED;
        return woven(super.visitMethod(hidden, body, type, null, thrown));
    }

    /** If the method throws, its monitor is never free again: the run fails instead of going wrong in silence. */
    private void wrap(MethodVisitor to, String body, String type) {
        to.visitCode();
        to.visitVarInsn(Opcodes.ALOAD, 0);
        SteppedMethod.call(to, "enter", "(Ljava/lang/Object;)V");
        to.visitVarInsn(Opcodes.ALOAD, 0);
        int place = 1;
        for (Type argument : Type.getArgumentTypes(type)) {
            to.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), place);
            place += argument.getSize();
        }
        to.visitMethodInsn(Opcodes.INVOKESPECIAL, name, body, type, false);
        to.visitVarInsn(Opcodes.ALOAD, 0);
        SteppedMethod.call(to, "exit", "(Ljava/lang/Object;)V");
        to.visitInsn(Type.getReturnType(type).getOpcode(Opcodes.IRETURN));
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    private MethodVisitor woven(MethodVisitor to) {
        return new SteppedMethod(to, volatiles, name, everywhere);
    }
}
