# A guest of a few hundred bytes for tests of migrations, started by QEMU's -kernel as a Multiboot image.
# It fills memory, writes one word into each page of a working set again and again, and powers itself off
# when its power button is pressed, so that a shutdown that works shows that it is alive.
# Arguments on its command line: none; sizes are set when it is assembled:
#   as --32 --defsym FILL_MIB=96 --defsym SET_MIB=8 --defsym PAUSE=200000
        .set    START, 0x1000000
        .set    PM1_STATUS, 0x600       # PIIX4 power management as SeaBIOS places it
        .set    PM1_ENABLE, 0x602
        .set    PM1_CONTROL, 0x604
        .set    POWER_BUTTON, 0x100

        .section .multiboot, "a"
        .long   0x1badb002, 0, -0x1badb002

        .text
        .globl  _start
_start: cld
        movl    $START, %edi            # memory that is not zero is memory that is sent
        movl    $(FILL_MIB * 262144), %ecx
        movl    $0x9e3779b9, %eax
fill:   stosl
        addl    $0x7f4a7c15, %eax
        loop    fill
        movw    $PM1_ENABLE, %dx
        movw    $POWER_BUTTON, %ax
        outw    %ax, %dx
again:  movl    $START, %edi
        movl    $(SET_MIB * 256), %ecx
touch:  incl    (%edi)
        addl    $4096, %edi
        loop    touch
        movl    $PAUSE, %ecx
rest:   pause
        loop    rest
        movw    $PM1_STATUS, %dx
        inw     %dx, %ax
        testw   $POWER_BUTTON, %ax
        jz      again
        movw    $PM1_CONTROL, %dx       # S5 with the sleep bit: off
        movw    $0x2000, %ax
        outw    %ax, %dx
        jmp     again
